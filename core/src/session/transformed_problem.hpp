// The problem of a run document as its transforms leave it.
#pragma once

#include <memory>

#include "skein/problem.hpp"
#include "skein/registry.hpp"
#include "skein/run_document.hpp"

namespace skein {

/// The problem seen through all transforms of the choice, each around what stands before it; nothing when an error was
/// found. What is wrong with all of them is reported at once; of no problem, what is wrong whatever the problem is.
[[nodiscard]] std::shared_ptr<const Problem> transformed_problem(const Registry& registry,
                                                                 std::shared_ptr<const Problem> problem,
                                                                 const ProblemChoice& choice, Diagnostics& diagnostics);

}  // namespace skein
