// Problems of run documents: the one that is chosen, and stand-ins to look through a document with when that is wrong.
#pragma once

#include <memory>
#include <vector>

#include "skein/problem.hpp"
#include "skein/registry.hpp"
#include "skein/run_document.hpp"

namespace skein {

/// The problem, or nothing when an error was found. `faulty`: what was chosen could not all be read, so nothing is said
/// to be missing.
[[nodiscard]] std::shared_ptr<const Problem> chosen_problem(const Registry& registry, const ProblemChoice& choice,
                                                            bool faulty, Diagnostics& diagnostics);

/// For a choice that is wrong: the problem that was probably meant, with defaults for what is wrong; where none can be
/// told, one problem of every encoding.
[[nodiscard]] std::vector<std::shared_ptr<const Problem>> stand_in_problems(const Registry& registry,
                                                                            const ProblemChoice& choice);

}  // namespace skein
