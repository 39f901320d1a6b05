#include "encodings/real_vector/all.hpp"
#include "skein/encodings/real_vector.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_real_vector(Registry& registry) {
  EncodingSpec encoding;
  encoding.name = "real_vector";
  encoding.summary = "a vector of real numbers, each within its bounds `lower` and `upper`";
  encoding.solution = "real[d]";
  encoding.offers = {{"particle_creator", "uniform_creator"},
                     {"particle_updater", "inertia_weight"},
                     {"swarm_updater", "remember_bests"}};
  registry.add(std::move(encoding));

  registry.add(uniform_creator_operator());
  registry.add(inertia_weight_operator());
}

}  // namespace skein
