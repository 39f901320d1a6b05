// The problem whose objective is a program.
#pragma once

#include "skein/problem.hpp"

namespace skein {

[[nodiscard]] ProblemSpec external_program_problem();

}  // namespace skein
