#include "skein/ask_tell.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

#include "embedding/host_evaluator.hpp"
#include "exception_text.hpp"
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

/// Consecutive rows of a visit that are to be told.
struct AskedRange {
  std::size_t first = 0;  ///< number of the first one in the batch
  std::size_t visit = 0;
  Rows rows;
};

/// One solution of a batch.
struct Asked {
  const Visit* visit = nullptr;
  std::size_t row = 0;

  [[nodiscard]] RowStatus& status() const noexcept { return visit->frame->progress.status[row]; }
};

static_assert(static_cast<std::uint8_t>(RowStatus::in_flight) == detail::AskedRows::open_status);
static_assert(static_cast<std::uint8_t>(RowStatus::done) == detail::AskedRows::told_status);
static_assert(sizeof(RowStatus) == 1);

}  // namespace

class AskTell::State {
 public:
  State(Run& run, const Job& job) : run_(&run), show_(job.show_solution) {
    if (&run.plan() != job.plan.get()) throw std::invalid_argument("the run to ask is no run of the job");
    for (const Objective& objective : job.problem->objectives) {
      signs_.push_back(objective.sense == Sense::maximize ? -1.0 : 1.0);
    }
    direct_.generation_of_run = &RunAccess::state(run).generation;
    if (!signs_.empty()) direct_.sign = signs_.front();
  }

  void go_on() {
    const bool is_to_stop = RunAccess::state(*run_).engine.stop_requested.load(std::memory_order_relaxed);
    if (direct_.open != 0 && is_current() && !is_to_stop) return;
    forget();
    ++direct_.number;
    run_->advance();
    Run::State& state = RunAccess::state(*run_);
    direct_.generation = state.generation;
    if (state.state == RunState::pending) collect(*state.root, "");
    direct_.open = size_;
    const bool is_usual = ranges_.size() == 1 && signs_.size() == 1 && state.engine.options.journal == nullptr;
    if (is_usual) tell_in_place();
  }

  [[nodiscard]] detail::AskedRows& direct() noexcept { return direct_; }
  [[nodiscard]] bool is_current() const noexcept { return direct_.generation == *direct_.generation_of_run; }
  [[nodiscard]] std::uint64_t number() const noexcept { return direct_.number; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t open() const noexcept { return direct_.open; }
  [[nodiscard]] std::span<const SolutionTile> tiles() const noexcept { return tiles_; }
  [[nodiscard]] ShowSolution show() const noexcept { return show_; }
  [[nodiscard]] std::size_t objectives() const noexcept { return signs_.size(); }

  [[nodiscard]] Asked asked(std::size_t i) const {
    if (i >= size_) {
      throw TellError("batch " + std::to_string(number()) + " has no solution " + std::to_string(i) + ": it has " +
                      std::to_string(size_));
    }
    const auto behind = std::ranges::upper_bound(ranges_, i, {}, &AskedRange::first);
    const AskedRange& range = *std::prev(behind);
    return {&visits_[range.visit], range.rows.first + (i - range.first)};
  }

  [[nodiscard]] bool is_open(std::size_t i) const { return asked(i).status() == RowStatus::in_flight; }

  [[nodiscard]] std::span<const double> numbers(std::size_t i) const {
    const Asked asked = this->asked(i);
    const PortView& solutions = asked.visit->solutions;
    if (!is_real(solutions)) {
      throw TellError("the solutions of this encoding are no real[d]: `shown` and `tiles` have them");
    }
    const ColumnView& part = solutions.parts[0];
    return {reinterpret_cast<const double*>(row_data(part, asked.row)), part.width};
  }

  /// Says what is wrong with telling this; nothing when nothing is.
  void check(std::size_t i, std::span<const double> values, double violation) const {
    bool is_right = is_open(i) && values.size() == signs_.size() && violation >= 0.0;
    for (const double value : values) is_right = is_right && !std::isnan(value);
    if (!is_right) explain(i, values, violation);
  }

  void store(std::size_t i, std::span<const double> values, double violation) noexcept {
    const Asked asked = this->asked(i);
    auto* const fitness = reinterpret_cast<double*>(row_data(asked.visit->fitness, asked.row));
    fitness[0] = violation;
    for (std::size_t k = 0; k < signs_.size(); ++k) fitness[1 + k] = signs_[k] * values[k];
    asked.status() = RowStatus::done;
    --direct_.open;
    const auto& journal = RunAccess::state(*run_).engine.options.journal;
    // What cannot be written now is written, or reported, when the run goes on.
    if (journal != nullptr) JournaledRows(journal->state(), *asked.visit->frame).written(asked.row);
  }

  void fail(std::size_t i, std::string_view message) {
    if (!is_open(i)) throw TellError(name_of(i) + " was told before");
    const Asked asked = this->asked(i);
    asked.visit->frame->progress.tell_failure(asked.row, message.empty() ? no_reason : message);
    --direct_.open;
  }

 private:
  [[nodiscard]] static bool is_real(const PortView& solutions) noexcept {
    return solutions.part_count == 1 && solutions.parts[0].element == Element::real;
  }

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
    throw TellError(wrong_violation(" of " + name_of(i), violation));
  }

  [[nodiscard]] std::string name_of(std::size_t i) const {
    return "solution " + std::to_string(i) + " of batch " + std::to_string(number());
  }

  void forget() noexcept {
    ranges_.clear();
    tiles_.clear();
    visits_.clear();
    size_ = 0;
    direct_.size = 0;
    direct_.open = 0;
  }

  /// The one range of the batch, as its functions find it without asking here.
  void tell_in_place() noexcept {
    const AskedRange& range = ranges_.front();
    const Visit& visit = visits_[range.visit];
    const ColumnView& solution = visit.solutions.parts[0];
    direct_.size = size_;
    direct_.solutions = row_data(solution, range.rows.first);
    direct_.solution_bytes = solution.row_bytes;
    direct_.width = is_real(visit.solutions) ? solution.width : 0;
    direct_.fitness = row_data(visit.fitness, range.rows.first);
    direct_.fitness_bytes = visit.fitness.row_bytes;
    direct_.status = reinterpret_cast<std::uint8_t*>(visit.frame->progress.status.data()) + range.rows.first;
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
    const std::span<const RowStatus> rows = std::as_const(frame.progress).rows();
    const auto is_asked = [](RowStatus status) { return status == RowStatus::in_flight; };
    for (auto row = std::ranges::find_if(rows, is_asked); row != rows.end();) {
      const auto end = std::find_if_not(row, rows.end(), is_asked);
      const Rows range{static_cast<std::size_t>(row - rows.begin()), static_cast<std::size_t>(end - rows.begin())};
      ranges_.push_back({size_, visits_.size(), range});
      tiles_.emplace_back(visit.solutions, range);
      size_ += range.count();
      row = std::find_if(end, rows.end(), is_asked);
    }
    visits_.push_back(std::move(visit));
  }

  Run* run_;
  ShowSolution show_;
  std::vector<double> signs_;
  std::size_t size_ = 0;
  detail::AskedRows direct_;
  std::vector<AskedRange> ranges_;  ///< in the order of the batch
  std::vector<SolutionTile> tiles_;
  std::vector<Visit> visits_;
};

AskTell::AskTell(Run& run, const Job& job) : state_(std::make_unique<State>(run, job)) {}
AskTell::~AskTell() = default;

Batch AskTell::ask() {
  state_->go_on();
  Batch batch;
  batch.source_ = this;
  batch.rows_ = &state_->direct();
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

std::span<const double> Batch::numbers_of(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  return source_->current(*this).numbers(i);
}

Value Batch::shown(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  const AskTell::State& state = source_->current(*this);
  const auto asked = state.asked(i);
  return shown_solution(state.show(), asked.visit->solutions, asked.row);
}

std::size_t Batch::row(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  return source_->current(*this).asked(i).row;
}

std::string Batch::node(std::size_t i) const {
  if (source_ == nullptr) refuse_empty();
  return source_->current(*this).asked(i).visit->path();
}

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
