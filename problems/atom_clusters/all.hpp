// Every problem of atom clusters, one line each.
#pragma once

#include "skein/problem.hpp"

namespace skein {

[[nodiscard]] ProblemSpec lennard_jones_problem();

}  // namespace skein
