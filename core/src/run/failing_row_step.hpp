// FailingRowStep: a visit of a row operator that can fail or wait. It writes a shadow of its out ports, which becomes
// the content when all rows are done. What is done stays done, so that a failure rolls forward and nothing is computed
// twice.
#pragma once

#include <optional>

#include "run/engine.hpp"
#include "run/journaled_rows.hpp"
#include "run/operator_call.hpp"
#include "run/row_pass.hpp"

namespace skein {

class FailingRowStep {
 public:
  /// What a pass with failures comes to under the run's policy.
  enum class Reaction : std::uint8_t { go_on, try_again, pause, give_up };

  /// Begins the visit, or goes on with it: rows that failed are open again.
  FailingRowStep(Engine& engine, Frame& frame, const PlanStep& step, StepState& state);

  [[nodiscard]] const OperatorCall& call() const noexcept { return call_; }

  /// A pass over the open rows. The first one of a visit also asks for rows that are in flight.
  [[nodiscard]] RowPass pass() noexcept;

  /// What a pass over all rows comes to under the run's policy; nothing when another pass is due.
  [[nodiscard]] std::optional<Outcome> settle(const RowPass& pass);

  /// Passes over all rows until one settles the step.
  Outcome run();

 private:
  Reaction react_to(const RowFailures& failures);
  template <class Work>
  void for_each_call(Work work) const;
  /// What failures come to that were told since the last pass; nothing when the step goes on.
  std::optional<Outcome> settle_told();
  Outcome fail_to_record();

  Engine* engine_;
  Frame* frame_;
  const PlanStep* step_;
  StepState* state_;
  OperatorCall call_;
  bool stops_at_failure_;
  bool asks_in_flight_ = true;
  bool has_recovered_ = false;  ///< from being short of memory
  std::optional<JournaledRows> journal_;
};

}  // namespace skein
