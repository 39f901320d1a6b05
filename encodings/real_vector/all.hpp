// Every operator of the encoding, one line each.
#pragma once

namespace skein {

struct OperatorTable;

const OperatorTable& uniform_creator_operator();
const OperatorTable& zero_velocity_operator();
const OperatorTable& spso_2007_velocity_operator();
const OperatorTable& spso_2011_velocity_operator();
const OperatorTable& inertia_weight_operator();
const OperatorTable& spso_2007_updater_operator();
const OperatorTable& spso_2011_updater_operator();
const OperatorTable& fully_informed_updater_operator();
const OperatorTable& comprehensive_learning_updater_operator();
const OperatorTable& bare_bones_updater_operator();
const OperatorTable& smpso_updater_operator();
const OperatorTable& polynomial_mutation_operator();
const OperatorTable& gaussian_mutation_operator();
const OperatorTable& differential_mutation_operator();
const OperatorTable& binomial_crossover_operator();
const OperatorTable& simulated_binary_crossover_operator();
const OperatorTable& clamp_and_stop_operator();
const OperatorTable& clamp_and_bounce_operator();
const OperatorTable& reflect_and_reverse_operator();
const OperatorTable& wrap_around_operator();
const OperatorTable& reenter_randomly_operator();
const OperatorTable& penalize_outside_operator();

}  // namespace skein
