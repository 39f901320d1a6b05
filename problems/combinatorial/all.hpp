// Every problem of the folder, one line each.
#pragma once

#include "skein/problem.hpp"

namespace skein {

ProblemSpec one_max_problem();
ProblemSpec knapsack_problem();
ProblemSpec travelling_salesman_problem();
ProblemSpec gear_train_problem();

}  // namespace skein
