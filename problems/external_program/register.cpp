#include "problems/external_program/all.hpp"
#include "skein/problems/external_program.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_external_program(Registry& registry) { registry.add(external_program_problem()); }

}  // namespace skein
