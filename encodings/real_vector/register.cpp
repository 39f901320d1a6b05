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
                     {"velocity_initializer", "zero_velocity"},
                     {"velocity_initializer", "spso_2007_velocity"},
                     {"velocity_initializer", "spso_2011_velocity"},
                     {"particle_updater", "inertia_weight"},
                     {"particle_updater", "spso_2007_updater"},
                     {"particle_updater", "spso_2011_updater"},
                     {"particle_updater", "fully_informed_updater"},
                     {"particle_updater", "comprehensive_learning_updater"},
                     {"particle_updater", "bare_bones_updater"},
                     {"guided_particle_updater", "smpso_updater"},
                     {"mutation", "polynomial_mutation"},
                     {"mutation", "gaussian_mutation"},
                     {"neighbor", "gaussian_mutation"},
                     {"crossover", "simulated_binary_crossover"},
                     {"crossover", "binomial_crossover"},
                     {"differential_mutation", "differential_mutation"},
                     {"bounds_handling", "clamp_and_bounce"},
                     {"bounds_handling", "clamp_and_stop"},
                     {"bounds_handling", "reflect_and_reverse"},
                     {"bounds_handling", "wrap_around"},
                     {"bounds_handling", "reenter_randomly"},
                     {"local_search", "local_search"},
                     {"swarm_updater", "remember_bests"}};
  registry.add(std::move(encoding));

  registry.add(uniform_creator_operator());
  registry.add(zero_velocity_operator());
  registry.add(spso_2007_velocity_operator());
  registry.add(spso_2011_velocity_operator());
  registry.add(inertia_weight_operator());
  registry.add(spso_2007_updater_operator());
  registry.add(spso_2011_updater_operator());
  registry.add(fully_informed_updater_operator());
  registry.add(comprehensive_learning_updater_operator());
  registry.add(bare_bones_updater_operator());
  registry.add(smpso_updater_operator());
  registry.add(polynomial_mutation_operator());
  registry.add(gaussian_mutation_operator());
  registry.add(differential_mutation_operator());
  registry.add(binomial_crossover_operator());
  registry.add(simulated_binary_crossover_operator());
  registry.add(clamp_and_stop_operator());
  registry.add(clamp_and_bounce_operator());
  registry.add(reflect_and_reverse_operator());
  registry.add(wrap_around_operator());
  registry.add(reenter_randomly_operator());
  registry.add(penalize_outside_operator());
}

}  // namespace skein
