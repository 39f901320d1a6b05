#include <memory>

#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operators.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_operators(Registry& registry) {
  register_roles(registry);
  registry.add_object_type(std::string(Neighborhood::type),
                           []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<Neighborhood>(); });

  registry.add(scalar_multiply_operator());
  registry.add(vector_add_operator());
  registry.add(vector_subtract_operator());
  registry.add(multiply_operator());
  registry.add(clamp_operator());

  registry.add(uniform_random_vector_operator());

  registry.add(copy_operator());
  registry.add(increment_operator());
  registry.add(gather_operator());
  registry.add(select_better_operator());
  registry.add(swap_populations_operator());
  registry.add(resize_population_operator());

  registry.add(remember_bests_operator());
  registry.add(inform_neighbors_operator());
  registry.add(fully_connected_operator());
  registry.add(ring_operator());

  registry.add(stop_at_limits_operator());
}

}  // namespace skein
