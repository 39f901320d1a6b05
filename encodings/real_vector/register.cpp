#include "encodings/real_vector/all.hpp"
#include "skein/encodings/real_vector.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_real_vector(Registry& registry) {
  EncodingSpec encoding;
  encoding.name = "real_vector";
  encoding.summary = "a vector of real numbers, each within its bounds `lower` and `upper`";
  encoding.solution = "real[d]";
  encoding.offers = {{"particle_creator", "uniform_creator"},        {"velocity_initializer", "zero_velocity"},
                     {"velocity_initializer", "spso_2007_velocity"}, {"velocity_initializer", "spso_2011_velocity"},
                     {"particle_updater", "inertia_weight"},         {"particle_updater", "spso_2007_updater"},
                     {"particle_updater", "spso_2011_updater"},      {"swarm_updater", "remember_bests"}};
  registry.add(std::move(encoding));

  registry.add(uniform_creator_operator());
  registry.add(zero_velocity_operator());
  registry.add(spso_2007_velocity_operator());
  registry.add(spso_2011_velocity_operator());
  registry.add(inertia_weight_operator());
  registry.add(spso_2007_updater_operator());
  registry.add(spso_2011_updater_operator());
}

}  // namespace skein
