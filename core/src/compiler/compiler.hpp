// Compiler: algorithm + problem + catalogue -> plan.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "plan/plan.hpp"
#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/graph_view.hpp"
#include "skein/problem.hpp"
#include "skein/registry.hpp"

namespace skein::compiler {

/// What a graph is compiled for.
enum class Purpose {
  algorithm,   ///< has the out-ports `best` and `best_fitness`
  evaluation,  ///< the host fills and reads variables itself
  check        ///< a graph by itself: its ports and slots may stay open; the plan is of no use
};

struct CompilerInput {
  std::shared_ptr<const Graph> algorithm;
  Object parameters;
  std::vector<SlotFilling> slots;
  SourceLocation where;  ///< of the choice of the algorithm, for what has no place of its own
  std::shared_ptr<const Problem> problem;
  std::int64_t iteration_limit = 0;   ///< published
  std::int64_t evaluation_limit = 0;  ///< published
  std::uint64_t problem_hash = 0;     ///< of what the document says of the problem
  Purpose purpose = Purpose::algorithm;
  bool faulty = false;  ///< what was given here could not all be read: nothing is said to be missing
};

/// The plan, or nothing when an error was found. Every stage runs as far as it can, so that one go reports everything.
[[nodiscard]] std::shared_ptr<const Plan> compile(const Registry& registry, const CompilerInput& input,
                                                  Diagnostics& diagnostics);

/// What a picture of the graph shows, or nothing when an error was found.
[[nodiscard]] std::optional<GraphView> view(const Registry& registry, const CompilerInput& input,
                                            Diagnostics& diagnostics);

}  // namespace skein::compiler
