#include "problems/test_functions/all.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/problems/test_functions.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_test_functions(Registry& registry) {
  registry.add(problem_spec(ackley_problem()));
  registry.add(problem_spec(beale_problem()));
  registry.add(problem_spec(booth_problem()));
  registry.add(problem_spec(griewank_problem()));
  registry.add(problem_spec(levy_problem()));
  registry.add(problem_spec(matyas_problem()));
  registry.add(problem_spec(multinormal_problem()));
  registry.add(problem_spec(random_problem()));
  registry.add(problem_spec(rastrigin_problem()));
  registry.add(problem_spec(rosenbrock_problem()));
  registry.add(problem_spec(schwefel_problem()));
  registry.add(problem_spec(sphere_problem()));
  registry.add(problem_spec(sum_squares_problem()));
  registry.add(problem_spec(zakharov_problem()));
}

}  // namespace skein
