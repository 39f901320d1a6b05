#include "problems/combinatorial/all.hpp"
#include "skein/problems/combinatorial.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_combinatorial(Registry& registry) {
  registry.add(one_max_problem());
  registry.add(knapsack_problem());
  registry.add(travelling_salesman_problem());
  registry.add(gear_train_problem());
}

}  // namespace skein
