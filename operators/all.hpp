// Every operator of this layer, one line each.
#pragma once

namespace skein {

class Registry;
struct OperatorTable;

const OperatorTable& scalar_multiply_operator();
const OperatorTable& vector_add_operator();
const OperatorTable& vector_subtract_operator();
const OperatorTable& multiply_operator();
const OperatorTable& multiply_add_operator();
const OperatorTable& divide_operator();
const OperatorTable& power_operator();
const OperatorTable& minimum_operator();
const OperatorTable& maximum_operator();

const OperatorTable& absolute_operator();
const OperatorTable& sign_operator();
const OperatorTable& square_root_operator();
const OperatorTable& exponential_operator();
const OperatorTable& logarithm_operator();
const OperatorTable& sine_operator();
const OperatorTable& cosine_operator();

const OperatorTable& clamp_operator();
const OperatorTable& reflect_operator();
const OperatorTable& wrap_operator();

const OperatorTable& norm_operator();
const OperatorTable& limit_norm_operator();
const OperatorTable& dot_operator();
const OperatorTable& sum_over_components_operator();
const OperatorTable& mean_over_components_operator();
const OperatorTable& sum_over_rows_operator();
const OperatorTable& mean_over_rows_operator();
const OperatorTable& scalar_sum_operator();
const OperatorTable& scalar_mean_operator();

const OperatorTable& uniform_random_vector_operator();
const OperatorTable& normal_random_vector_operator();
const OperatorTable& uniform_random_scalar_operator();
const OperatorTable& normal_random_scalar_operator();
const OperatorTable& random_integer_vector_operator();
const OperatorTable& random_row_operator();

const OperatorTable& copy_operator();
const OperatorTable& assign_operator();
const OperatorTable& fill_vector_operator();
const OperatorTable& increment_operator();
const OperatorTable& compare_operator();
const OperatorTable& outside_operator();
const OperatorTable& select_operator();
const OperatorTable& select_rows_operator();
const OperatorTable& gather_operator();
const OperatorTable& take_row_operator();
const OperatorTable& argbest_operator();
const OperatorTable& select_better_operator();
const OperatorTable& swap_populations_operator();
const OperatorTable& resize_population_operator();

const OperatorTable& concatenate_rows_operator();
const OperatorTable& emigrate_operator();
const OperatorTable& immigrate_operator();
const OperatorTable& renew_population_operator();

const OperatorTable& remember_bests_operator();
const OperatorTable& choose_best_rows_operator();
const OperatorTable& remember_non_dominated_operator();
const OperatorTable& inform_neighbors_operator();

const OperatorTable& update_archive_operator();
const OperatorTable& select_leaders_operator();
const OperatorTable& prune_archive_operator();
const OperatorTable& compress_archive_operator();
const OperatorTable& tournament_selection_operator();
const OperatorTable& distinct_random_rows_operator();
const OperatorTable& greedy_replacement_operator();
const OperatorTable& elitist_replacement_operator();
const OperatorTable& metropolis_acceptance_operator();
const OperatorTable& remember_best_operator();

const OperatorTable& fully_connected_operator();
const OperatorTable& ring_operator();
const OperatorTable& von_neumann_operator();
const OperatorTable& random_distinct_operator();
const OperatorTable& spso_random_operator();
const OperatorTable& wheel_operator();
const OperatorTable& clusters_operator();
const OperatorTable& static_topology_operator();
const OperatorTable& multi_swarm_operator();
const OperatorTable& adaptive_random_operator();

const OperatorTable& constant_schedule_operator();
const OperatorTable& linear_schedule_operator();
const OperatorTable& exponential_schedule_operator();
const OperatorTable& quadratic_schedule_operator();
const OperatorTable& square_root_schedule_operator();
const OperatorTable& generalized_exponential_schedule_operator();
const OperatorTable& cosine_schedule_operator();
const OperatorTable& step_list_schedule_operator();

const OperatorTable& best_average_worst_quality_operator();
const OperatorTable& best_solution_operator();
const OperatorTable& swarm_diversity_operator();
const OperatorTable& velocity_norm_operator();
const OperatorTable& personal_best_age_operator();
const OperatorTable& topology_statistics_operator();
const OperatorTable& schedule_values_operator();
const OperatorTable& hypervolume_operator();

const OperatorTable& stop_at_limits_operator();

void register_roles(Registry& registry);

}  // namespace skein
