#include "problems/test_functions/all.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/problems/test_functions.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_test_functions(Registry& registry) {
  registry.add(problem_spec(sphere_problem()));
  registry.add(problem_spec(rastrigin_problem()));
  registry.add(problem_spec(rosenbrock_problem()));
  registry.add(problem_spec(ackley_problem()));
  registry.add(problem_spec(griewank_problem()));
}

}  // namespace skein
