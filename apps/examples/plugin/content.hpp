// What the plugin adds in C++.
#pragma once

#include "skein/encodings/real_vector_problem.hpp"
#include "skein/operator_table.hpp"

namespace decay {

const skein::OperatorTable& opposite_velocity_operator();
const skein::RealVectorProblemKind& decay_fit_problem();

}  // namespace decay
