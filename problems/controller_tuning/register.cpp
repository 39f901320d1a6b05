#include "problems/controller_tuning/all.hpp"
#include "skein/problems/controller_tuning.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_controller_tuning(Registry& registry) { registry.add(controller_tuning_problem()); }

}  // namespace skein
