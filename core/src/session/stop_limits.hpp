// Stop limits: from what a run document says under `stop` to a filler of the slot `stop_criterion`.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "plan/plan.hpp"
#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/problem.hpp"
#include "skein/run_document.hpp"

namespace skein {

inline constexpr std::int64_t default_iteration_limit = 1000;

struct StopChoice {
  Component criterion;  ///< the operator `stop_at_limits` with its parameters
  std::int64_t iteration_limit = default_iteration_limit;
  std::int64_t evaluation_limit = std::int64_t{1} << 53U;  ///< which no run reaches, where none is given
  std::optional<double> target;                            ///< as a fitness, minimized
};

/// Limits in the engine's terms: a target in the problem's sense becomes a fitness. Reports `no-best-known` when a
/// target error is given for a problem without best known value.
[[nodiscard]] StopChoice choose_stop(const RunDocument& document, const Problem& problem, Diagnostics& diagnostics);

/// Puts the criterion into the slot `stop_criterion`. Reports `stop-given-twice` when the document also fills the slot
/// itself, and `unused-stop` when the algorithm has no such slot but the document sets limits.
void add_stop_criterion(std::vector<SlotFilling>& slots, const Graph& algorithm, const StopChoice& choice,
                        const RunDocument& document, Diagnostics& diagnostics);

/// Warns where nothing in the plan looks at the limits of the document.
void check_stop(const Plan& plan, const RunDocument& document, Diagnostics& diagnostics);

/// Warns (`few-evaluations`) of a limit below what the first evaluation of all solutions takes, which is made in any
/// case.
void check_evaluations(const Plan& plan, const RunDocument& document, Diagnostics& diagnostics);

}  // namespace skein
