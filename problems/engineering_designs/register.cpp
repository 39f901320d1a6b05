#include "problems/engineering_designs/all.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/problems/engineering_designs.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_engineering_designs(Registry& registry) {
  registry.add(problem_spec(pressure_vessel_problem()));
  registry.add(problem_spec(speed_reducer_problem()));
  registry.add(problem_spec(tension_spring_problem()));
  registry.add(problem_spec(three_bar_truss_problem()));
  registry.add(problem_spec(welded_beam_problem()));
}

}  // namespace skein
