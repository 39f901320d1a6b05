// AskTell: a run whose solutions the host evaluates: it asks for them, and tells their values when it has them.
//
//   AskTell host(run, job);
//   while (const Batch batch = host.ask()) {
//     for (std::size_t i = 0; i < batch.size(); ++i) batch.tell(i, simulate(batch.numbers(i)));
//   }
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "skein/host_problem.hpp"
#include "skein/run.hpp"
#include "skein/value.hpp"

namespace skein {

struct Job;
class AskTell;

/// What is wrong with a value that was told. Nothing has changed: it can be told again as it should be.
class TellError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

namespace detail {

/// A batch as it usually is, for telling it in place: consecutive rows of one population, one objective, no journal.
struct AskedRows {
  static constexpr std::uint8_t open_status = 1;  ///< of a row that is still to be told
  static constexpr std::uint8_t told_status = 2;

  std::uint64_t number = 0;  ///< of the batch
  std::uint64_t generation = 0;
  const std::uint64_t* generation_of_run = nullptr;  ///< is another one when the run has gone on
  std::size_t size = 0;                              ///< 0: this batch is another one
  std::size_t open = 0;                              ///< solutions of any batch that are still to be told
  const std::byte* solutions = nullptr;
  std::size_t solution_bytes = 0;  ///< from one to the next
  std::size_t width = 0;           ///< numbers of a solution; 0 where it is no real[d]
  std::byte* fitness = nullptr;
  std::size_t fitness_bytes = 0;
  std::uint8_t* status = nullptr;
  double sign = 1.0;  ///< fitness = sign * value
};

}  // namespace detail

/// Solutions that a run waits for, numbered from 0. They may be told in any order, one by one, some at a time or all at
/// once. Everything throws TellError once the run has gone on without this batch. Copies are the same batch.
class Batch {
 public:
  Batch() = default;

  /// False when there is nothing to evaluate: the run has ended, failed or paused, see Run::state.
  explicit operator bool() const noexcept { return size_ != 0; }
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }  ///< counts batches of one AskTell, from 1
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// All solutions, as views on what the run holds: one tile per range of consecutive rows, in the order of the
  /// batch. The usual batch is one tile. Valid until the run goes on.
  [[nodiscard]] std::span<const SolutionTile> tiles() const;
  /// The numbers of one solution, by view, in encodings whose solutions are real[d]. Throws TellError for others.
  [[nodiscard]] std::span<const double> numbers(std::size_t i) const {
    const detail::AskedRows* const rows = rows_with(i);
    if (rows == nullptr || rows->width == 0) return numbers_of(i);
    return {reinterpret_cast<const double*>(rows->solutions + i * rows->solution_bytes), rows->width};
  }
  /// One solution as people see it, in any encoding: a list of bits, an order, ….
  [[nodiscard]] Value shown(std::size_t i) const;
  /// Its row in its population, and the node that waits for it.
  [[nodiscard]] std::size_t row(std::size_t i) const;
  [[nodiscard]] std::string node(std::size_t i) const;

  /// The value of one solution, in the problem's own sense, and by how much it breaks constraints (0: by nothing).
  /// Infinite values are legal. TellError: no such solution, told before, NaN, a negative violation, or a problem with
  /// several objectives.
  void tell(std::size_t i, double value, double violation = 0.0) const {
    detail::AskedRows* const rows = rows_with(i);
    const bool is_right =
        rows != nullptr && rows->status[i] == detail::AskedRows::open_status && !std::isnan(value) && violation >= 0.0;
    if (!is_right) return tell(i, std::span(&value, 1), violation);
    auto* const fitness = reinterpret_cast<double*>(rows->fitness + i * rows->fitness_bytes);
    fitness[0] = violation;
    fitness[1] = rows->sign * value;
    rows->status[i] = detail::AskedRows::told_status;
    --rows->open;
  }
  /// The values of all objectives.
  void tell(std::size_t i, std::span<const double> objectives, double violation) const;
  /// The values of all solutions in their order, and their violations (empty: none). TellError also for wrong counts;
  /// then none was told.
  void tell_all(std::span<const double> values, std::span<const double> violations = {}) const;
  /// That a solution could not be evaluated. When the rest of the batch is told, the run's policy applies
  /// (RunOptions::on_error): it is asked for again, gets the worst fitness, or the run pauses with this message, and
  /// asks for it again when it goes on.
  void tell_failed(std::size_t i, std::string_view message) const;

  /// How many solutions are still to be told.
  [[nodiscard]] std::size_t open() const;
  [[nodiscard]] bool is_open(std::size_t i) const;

 private:
  friend class AskTell;

  /// Where solution `i` is told in place; null when it is not, or must not be told.
  [[nodiscard]] detail::AskedRows* rows_with(std::size_t i) const noexcept {
    const bool is_there = rows_ != nullptr && i < rows_->size && rows_->number == number_ &&
                          rows_->generation == *rows_->generation_of_run;
    return is_there ? rows_ : nullptr;
  }
  [[nodiscard]] std::span<const double> numbers_of(std::size_t i) const;

  AskTell* source_ = nullptr;
  detail::AskedRows* rows_ = nullptr;
  std::uint64_t number_ = 0;
  std::size_t size_ = 0;
};

/// Drives a run of a problem without objective (HostProblem). One thread at a time. The state lies in the run: it can
/// be saved in the middle of a batch, and whoever restores it is asked for what had not been told. Both must outlive
/// this, and the run must not be moved. Cost: about a step of the run per batch, and about 10 ns per solution.
class AskTell {
 public:
  /// `run` must be a run of the job: std::invalid_argument otherwise.
  AskTell(Run& run, const Job& job);
  ~AskTell();
  AskTell(const AskTell&) = delete;
  AskTell& operator=(const AskTell&) = delete;

  /// The solutions that the run waits for. It goes on when all of the batch before has been told; as long as something
  /// is open, that batch comes again.
  [[nodiscard]] Batch ask();

 private:
  friend class Batch;
  class State;
  [[nodiscard]] State& current(const Batch& batch) const;

  std::unique_ptr<State> state_;
};

}  // namespace skein
