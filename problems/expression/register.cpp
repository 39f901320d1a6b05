#include "problems/expression/all.hpp"
#include "skein/problems/expression.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_expression(Registry& registry) { registry.add(expression_problem()); }

}  // namespace skein
