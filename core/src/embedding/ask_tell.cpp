#include "skein/ask_tell.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "embedding/host_evaluator.hpp"
#include "run/journaled_rows.hpp"
#include "run/run_access.hpp"
#include "skein/session.hpp"

namespace skein {
namespace {

/// A visit of an evaluator that waits, and where its values go.
struct Visit {
  Frame* frame = nullptr;
  PortView solutions;
  ColumnView fitness;  ///< the shadow, which becomes the content when all rows are told
  const PlanStep* step = nullptr;
  std::string prefix;  ///< the place of its frame

  [[nodiscard]] std::string path() const { return prefix + step->path; }
};

/// One solution of a batch: what tells about it without going through the frame.
struct Asked {
  const std::byte* solution = nullptr;  ///< its row in the first part
  double* fitness = nullptr;
  RowStatus* status = nullptr;
  std::uint32_t visit = 0;
  std::uint32_t row = 0;
};

}  // namespace

class AskTell::State {
 public:
  State(Run& run, const Job& job) : run_(&run), show_(job.show_solution) {
    for (const Objective& objective : job.problem->objectives) {
      signs_.push_back(objective.sense == Sense::maximize ? -1.0 : 1.0);
    }
  }

  void go_on() {
    if (open_ != 0 && is_current()) return;
    forget();
    ++number_;
    run_->advance();
    Run::State& state = RunAccess::state(*run_);
    generation_ = state.generation;
    if (state.state == RunState::pending) collect(*state.root, "");
    open_ = asked_.size();
  }

  [[nodiscard]] bool is_current() const noexcept { return generation_ == RunAccess::state(*run_).generation; }
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
  [[nodiscard]] std::size_t size() const noexcept { return asked_.size(); }
  [[nodiscard]] std::size_t open() const noexcept { return open_; }
  [[nodiscard]] std::span<const SolutionTile> tiles() const noexcept { return tiles_; }
  [[nodiscard]] ShowSolution show() const noexcept { return show_; }
  /// Numbers of a solution; 0 where it is none of one real part.
  [[nodiscard]] std::size_t real_width() const noexcept { return real_width_; }
  [[nodiscard]] std::size_t objectives() const noexcept { return signs_.size(); }

  [[nodiscard]] const Asked& asked(std::size_t i) const {
    if (i >= asked_.size()) {
      throw TellError("batch " + std::to_string(number_) + " has no solution " + std::to_string(i) + ": it has " +
                      std::to_string(asked_.size()));
    }
    return asked_[i];
  }

  [[nodiscard]] const Visit& visit(const Asked& asked) const noexcept { return visits_[asked.visit]; }

  [[nodiscard]] bool is_open(std::size_t i) const { return *asked(i).status == RowStatus::in_flight; }

  /// Says what is wrong with telling this; nothing when nothing is.
  void check(std::size_t i, std::span<const double> values, double violation) const {
    bool is_right = is_open(i) && values.size() == signs_.size() && violation >= 0.0;
    for (const double value : values) is_right = is_right && !std::isnan(value);
    if (!is_right) explain(i, values, violation);
  }

  void store(std::size_t i, std::span<const double> values, double violation) noexcept {
    const Asked& asked = asked_[i];
    asked.fitness[0] = violation;
    for (std::size_t k = 0; k < signs_.size(); ++k) asked.fitness[1 + k] = signs_[k] * values[k];
    *asked.status = RowStatus::done;
    --open_;
    const auto& journal = RunAccess::state(*run_).engine.options.journal;
    // What cannot be written now is written, or reported, when the run goes on.
    if (journal != nullptr) JournaledRows(journal->state(), *visit(asked).frame).written(asked.row);
  }

  void fail(std::size_t i, std::string_view message) {
    if (!is_open(i)) throw TellError(name_of(i) + " was told before");
    const Asked& asked = asked_[i];
    visit(asked).frame->progress.tell_failure(asked.row, message);
    --open_;
  }

 private:
  [[noreturn]] void explain(std::size_t i, std::span<const double> values, double violation) const {
    if (!is_open(i)) throw TellError(name_of(i) + " was told before");
    if (values.size() != signs_.size()) {
      throw TellError(name_of(i) + " takes " + std::to_string(signs_.size()) +
                      (signs_.size() == 1 ? " value" : " values") + ", one per objective, and " +
                      std::to_string(values.size()) + (values.size() == 1 ? " was" : " were") + " told");
    }
    for (const double value : values) {
      if (std::isnan(value)) {
        throw TellError("the value of " + name_of(i) + " is no number (NaN): a solution without a value has failed");
      }
    }
    throw TellError("the violation of " + name_of(i) + " is " +
                    (std::isnan(violation) ? "no number (NaN)" : "negative") + ": it is 0 for a feasible solution");
  }

  [[nodiscard]] std::string name_of(std::size_t i) const {
    return "solution " + std::to_string(i) + " of batch " + std::to_string(number_);
  }

  void forget() noexcept {
    asked_.clear();
    tiles_.clear();
    visits_.clear();
    open_ = 0;
  }

  /// Adds what the frame and the frames below it wait for.
  void collect(Frame& frame, const std::string& prefix) {
    if (!frame.progress.active || frame.program_counter >= frame.plan->steps.size()) return;
    const PlanStep& step = frame.plan->steps[frame.program_counter];
    if (step.kind == PlanStep::Kind::children) {
      ChildFrames& frames = frame.children[step.child];
      for (std::size_t i = 0; i < frame.progress.count; ++i) {
        if (frame.progress.status[i] != RowStatus::in_flight) continue;
        collect(*frames.frames[i], prefix + step.path + "[" + std::to_string(i) + "]/");
      }
      return;
    }
    if (step.kind != PlanStep::Kind::row || !waits_for_host(*step.table)) return;
    collect_rows(frame, step, prefix);
  }

  void collect_rows(Frame& frame, const PlanStep& step, const std::string& prefix) {
    const std::size_t variable = step.ports[host_solution_port].index;
    Visit visit;
    visit.frame = &frame;
    visit.solutions.bound = true;
    visit.solutions.parts = frame.slots[variable]->parts().data();
    visit.solutions.part_count = frame.slots[variable]->parts().size();
    visit.solutions.rows = frame.rows_of(variable);
    visit.fitness = frame.slots[step.ports[step.fitness_port].index]->shadow_parts()[0];
    visit.step = &step;
    visit.prefix = prefix;
    const auto number = static_cast<std::uint32_t>(visits_.size());
    const std::span<const RowStatus> rows = std::as_const(frame.progress).rows();
    RowStatus* const status = frame.progress.status.data();
    const ColumnView solution = visit.solutions.parts[0];
    for (std::size_t row = 0; row < rows.size();) {
      if (rows[row] != RowStatus::in_flight) {
        ++row;
        continue;
      }
      const std::size_t first = row;
      for (; row < rows.size() && rows[row] == RowStatus::in_flight; ++row) {
        asked_.push_back({row_data(solution, row), reinterpret_cast<double*>(row_data(visit.fitness, row)),
                          status + row, number, static_cast<std::uint32_t>(row)});
      }
      tiles_.emplace_back(visit.solutions, Rows{first, row});
    }
    real_width_ = visit.solutions.part_count == 1 && solution.element == Element::real ? solution.width : 0;
    visits_.push_back(std::move(visit));
  }

  Run* run_;
  ShowSolution show_;
  std::vector<double> signs_;
  std::uint64_t number_ = 0;
  std::uint64_t generation_ = 0;
  std::size_t open_ = 0;
  std::size_t real_width_ = 0;
  std::vector<Asked> asked_;
  std::vector<SolutionTile> tiles_;
  std::vector<Visit> visits_;
};

AskTell::AskTell(Run& run, const Job& job) : state_(std::make_unique<State>(run, job)) {}
AskTell::~AskTell() = default;

Batch AskTell::ask() {
  state_->go_on();
  Batch batch;
  batch.source_ = this;
  batch.number_ = state_->number();
  batch.size_ = state_->size();
  return batch;
}

AskTell::State& AskTell::current(const Batch& batch) const {
  if (batch.number_ == state_->number() && state_->is_current()) return *state_;
  throw TellError("batch " + std::to_string(batch.number_) + " is over: the run has gone on without it");
}

namespace {

[[noreturn]] void refuse_empty() { throw TellError("an empty batch has no solutions"); }

}  // namespace

std::span<const SolutionTile> Batch::tiles() const {
  if (source_ == nullptr) return {};
  return source_->current(*this).tiles();
}

std::span<const double> Batch::numbers(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  const AskTell::State& state = source_->current(*this);
  const auto& asked = state.asked(i);
  const std::size_t width = state.real_width();
  if (width == 0) throw TellError("the solutions of this encoding are no real[d]: `shown` and `tiles` have them");
  return {reinterpret_cast<const double*>(asked.solution), width};
}

Value Batch::shown(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  const AskTell::State& state = source_->current(*this);
  const auto& asked = state.asked(i);
  return shown_solution(state.show(), state.visit(asked).solutions, asked.row);
}

std::size_t Batch::row(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  return source_->current(*this).asked(i).row;
}

std::string Batch::node(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  const AskTell::State& state = source_->current(*this);
  return state.visit(state.asked(i)).path();
}

void Batch::tell(std::size_t i, double value, double violation) const { tell(i, std::span(&value, 1), violation); }

void Batch::tell(std::size_t i, std::span<const double> objectives, double violation) const {
  if (source_ == nullptr) refuse_empty();
  AskTell::State& state = source_->current(*this);
  state.check(i, objectives, violation);
  state.store(i, objectives, violation);
}

void Batch::tell_all(std::span<const double> values, std::span<const double> violations) const {
  if (source_ == nullptr) refuse_empty();
  AskTell::State& state = source_->current(*this);
  const std::size_t objectives = state.objectives();
  const auto refuse_count = [this](std::size_t expected, const char* what, std::size_t found) {
    throw TellError("batch " + std::to_string(number_) + " takes " + std::to_string(expected) + " " + what + ", and " +
                    std::to_string(found) + " were told");
  };
  if (values.size() != size_ * objectives) refuse_count(size_ * objectives, "values", values.size());
  if (!violations.empty() && violations.size() != size_) refuse_count(size_, "violations", violations.size());
  const auto violation = [&](std::size_t i) { return violations.empty() ? 0.0 : violations[i]; };
  for (std::size_t i = 0; i < size_; ++i) state.check(i, values.subspan(i * objectives, objectives), violation(i));
  for (std::size_t i = 0; i < size_; ++i) state.store(i, values.subspan(i * objectives, objectives), violation(i));
}

void Batch::tell_failed(std::size_t i, std::string_view message) const {
  if (source_ == nullptr) refuse_empty();
  source_->current(*this).fail(i, message);
}

std::size_t Batch::open() const { return source_ == nullptr ? 0 : source_->current(*this).open(); }

bool Batch::is_open(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  return source_->current(*this).is_open(i);
}

}  // namespace skein
