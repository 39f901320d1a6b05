#include <memory>

#include "operators/all.hpp"
#include "skein/archive.hpp"
#include "skein/history.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operators.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_operators(Registry& registry) {
  register_roles(registry);
  registry.add_object_type(std::string(Neighborhood::type),
                           []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<Neighborhood>(); });
  registry.add_object_type(std::string(BoundedHistory::type),
                           []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<BoundedHistory>(); });
  registry.add_object_type(std::string(Archive::type),
                           []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<Archive>(); });

  registry.add(scalar_multiply_operator());
  registry.add(vector_add_operator());
  registry.add(vector_subtract_operator());
  registry.add(multiply_operator());
  registry.add(multiply_add_operator());
  registry.add(divide_operator());
  registry.add(power_operator());
  registry.add(minimum_operator());
  registry.add(maximum_operator());

  registry.add(absolute_operator());
  registry.add(sign_operator());
  registry.add(square_root_operator());
  registry.add(exponential_operator());
  registry.add(logarithm_operator());
  registry.add(sine_operator());
  registry.add(cosine_operator());

  registry.add(clamp_operator());
  registry.add(reflect_operator());
  registry.add(wrap_operator());

  registry.add(norm_operator());
  registry.add(limit_norm_operator());
  registry.add(dot_operator());
  registry.add(sum_over_components_operator());
  registry.add(mean_over_components_operator());
  registry.add(sum_over_rows_operator());
  registry.add(mean_over_rows_operator());
  registry.add(scalar_sum_operator());
  registry.add(scalar_mean_operator());

  registry.add(uniform_random_vector_operator());
  registry.add(normal_random_vector_operator());
  registry.add(uniform_random_scalar_operator());
  registry.add(normal_random_scalar_operator());
  registry.add(random_integer_vector_operator());
  registry.add(random_row_operator());

  registry.add(copy_operator());
  registry.add(assign_operator());
  registry.add(fill_vector_operator());
  registry.add(increment_operator());
  registry.add(compare_operator());
  registry.add(outside_operator());
  registry.add(select_operator());
  registry.add(select_rows_operator());
  registry.add(gather_operator());
  registry.add(take_row_operator());
  registry.add(argbest_operator());
  registry.add(select_better_operator());
  registry.add(swap_populations_operator());
  registry.add(resize_population_operator());

  registry.add(concatenate_rows_operator());
  registry.add(emigrate_operator());
  registry.add(immigrate_operator());
  registry.add(renew_population_operator());

  registry.add(remember_bests_operator());
  registry.add(choose_best_rows_operator());
  registry.add(remember_non_dominated_operator());
  registry.add(inform_neighbors_operator());

  registry.add(update_archive_operator());
  registry.add(select_leaders_operator());
  registry.add(prune_archive_operator());
  registry.add(compress_archive_operator());
  registry.add(tournament_selection_operator());
  registry.add(distinct_random_rows_operator());
  registry.add(greedy_replacement_operator());
  registry.add(elitist_replacement_operator());
  registry.add(metropolis_acceptance_operator());
  registry.add(remember_best_operator());

  registry.add(fully_connected_operator());
  registry.add(ring_operator());
  registry.add(von_neumann_operator());
  registry.add(random_distinct_operator());
  registry.add(spso_random_operator());
  registry.add(wheel_operator());
  registry.add(clusters_operator());
  registry.add(static_topology_operator());
  registry.add(multi_swarm_operator());
  registry.add(adaptive_random_operator());

  registry.add(constant_schedule_operator());
  registry.add(linear_schedule_operator());
  registry.add(exponential_schedule_operator());
  registry.add(quadratic_schedule_operator());
  registry.add(square_root_schedule_operator());
  registry.add(generalized_exponential_schedule_operator());
  registry.add(cosine_schedule_operator());
  registry.add(step_list_schedule_operator());

  registry.add(best_average_worst_quality_operator());
  registry.add(best_solution_operator());
  registry.add(swarm_diversity_operator());
  registry.add(velocity_norm_operator());
  registry.add(personal_best_age_operator());
  registry.add(topology_statistics_operator());
  registry.add(schedule_values_operator());
  registry.add(hypervolume_operator());

  registry.add(stop_at_limits_operator());
}

}  // namespace skein
