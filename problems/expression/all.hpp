// The problem whose objective is an expression.
#pragma once

#include "skein/problem.hpp"

namespace skein {

[[nodiscard]] ProblemSpec expression_problem();

}  // namespace skein
