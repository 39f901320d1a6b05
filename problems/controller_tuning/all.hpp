// Every problem of controller tuning, one line each.
#pragma once

#include "skein/problem.hpp"

namespace skein {

[[nodiscard]] ProblemSpec controller_tuning_problem();

}  // namespace skein
