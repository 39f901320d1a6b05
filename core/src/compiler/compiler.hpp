// Compiler: algorithm + problem + catalogue -> plan.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "plan/plan.hpp"
#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/problem.hpp"
#include "skein/registry.hpp"

namespace skein::compiler {

struct CompilerInput {
  std::shared_ptr<const Graph> algorithm;
  Object parameters;
  std::vector<SlotFilling> slots;
  SourceLocation where;  ///< of the choice of the algorithm, for what has no place of its own
  std::shared_ptr<const Problem> problem;
  std::int64_t iteration_limit = 0;  ///< published
  bool whole_algorithm =
      true;  ///< has the out-ports `best` and `best_fitness`; otherwise the host fills variables itself
};

/// The plan, or nothing when an error was found. Every stage runs as far as it can, so that one go reports everything.
[[nodiscard]] std::shared_ptr<const Plan> compile(const Registry& registry, const CompilerInput& input,
                                                  Diagnostics& diagnostics);

}  // namespace skein::compiler
