// Evaluators that cannot fail, in a run with a journal: they work in place, a few rows at a time.
#include <algorithm>

#include "run/engine.hpp"
#include "run/journaled_rows.hpp"
#include "run/operator_call.hpp"

namespace skein {
namespace {

class JournaledRowStep {
 public:
  JournaledRowStep(Engine& engine, Frame& frame, const PlanStep& step, StepState& state)
      : call_(engine, frame, step, state),
        at_once_(std::max<std::size_t>(step.table->rows_at_once, 1)),
        rows_(engine.options.journal->state(), frame, step, state, call_.ports(), call_.worked_on(), true) {}

  /// Takes what is known, row by row, and evaluates the rest.
  std::size_t run_tile(std::size_t first, std::size_t last) {
    std::size_t worked = 0;
    while (first < last && !rows_.has_error()) {
      const std::size_t end = std::min(first + at_once_, last);
      const Rows rows{first, call_.needs_groups() ? std::min(call_.group_end(first), last) : end};
      if (!take(rows)) {
        evaluate(rows);
        worked += rows.count();
      }
      first = rows.last;
    }
    return worked;
  }

  const OperatorCall& call() const noexcept { return call_; }
  JournaledRows& rows() noexcept { return rows_; }

 private:
  /// Whether all of the rows are known.
  bool take(Rows rows) {
    bool all = true;
    for (std::size_t row = rows.first; row < rows.last; ++row) all &= rows_.take(row) != Known::no;
    return all;
  }

  /// An operator that draws is called with whole groups, so that some rows may be evaluated once more.
  void evaluate(Rows rows) {
    RowContext::Services services = call_.services(rows, nullptr);
    call_.run_rows(rows, services);
    for (std::size_t row = rows.first; row < rows.last; ++row) rows_.written(row);
  }

  OperatorCall call_;
  std::size_t at_once_;
  JournaledRows rows_;
};

}  // namespace

Outcome run_journaled_row_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) {
  JournaledRowStep work(engine, frame, step, state);
  const OperatorCall& call = work.call();
  if (call.is_about_all()) {
    for_each_tile(engine.arena, state.cost, call.tiles(), [&](std::size_t first, std::size_t last) {
      std::size_t worked = 0;
      call.guarded([&] { worked = work.run_tile(first, last); });
      return worked;
    });
  } else {
    call.guarded([&] { work.run_tile(call.worked_on().first, call.worked_on().last); });
  }
  if (!work.rows().has_error() && work.rows().synchronize()) return Outcome::done;
  frame.error = work.rows().error();
  engine.options.journal->state().learn_again();  // the visit begins anew
  return Outcome::failed;
}

}  // namespace skein
