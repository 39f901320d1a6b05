#include "problems/multi_objective/all.hpp"
#include "skein/encodings/several_objectives.hpp"
#include "skein/problems/multi_objective.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_multi_objective(Registry& registry) {
  registry.add(problem_spec(zdt1_problem()));
  registry.add(problem_spec(zdt2_problem()));
  registry.add(problem_spec(zdt3_problem()));
  registry.add(problem_spec(zdt4_problem()));
  registry.add(problem_spec(zdt6_problem()));
}

}  // namespace skein
