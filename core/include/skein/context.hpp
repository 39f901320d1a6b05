// Contexts: what the engine offers an operator during a call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "skein/object.hpp"
#include "skein/random.hpp"
#include "skein/view.hpp"

namespace skein {

class RunMemory;

/// Why a run ended.
enum class StopReason : std::uint8_t {
  none,
  iterations,
  evaluations,
  target,
  seconds,
  stagnation,
  diameter,
  memory,
  interrupted,
  error,
  completed  ///< the graph came to its end without a stop criterion having asked for it
};

/// "iterations", "evaluations", …; "none" for none.
[[nodiscard]] std::string_view to_text(StopReason reason) noexcept;

/// The reason with this number, `none` for a number that is no reason.
[[nodiscard]] StopReason stop_reason_from(std::uint8_t number) noexcept;

/// Rows [first, last) of a population.
struct Rows {
  std::size_t first = 0;
  std::size_t last = 0;
  [[nodiscard]] std::size_t count() const noexcept { return last - first; }
};

/// What a row operator (and the map phase of a reducing operator) is called with: its rows, and random numbers.
///
/// An operator that declares streams or scratch is called with rows of one row group at a time: all of them, or one
/// part after another in ascending order, its generators going on; others get any rows. Calls for different rows may
/// run at the same time.
class RowContext {
 public:
  struct Services;  // of the engine

  RowContext(Rows rows, Services& services) noexcept : rows_(rows), services_(&services) {}

  [[nodiscard]] Rows rows() const noexcept { return rows_; }

  /// The generator of the operator's declared stream number `stream` for this row group. Its first use in a group
  /// seeds it; element e of the group, counted row by row, is draw e. Cost of the seed: about 100 ns.
  /// Not for operators that can fail: after a failure they are called with the rest of a group. They use row_random.
  [[nodiscard]] LaneGenerator& random(std::size_t stream) noexcept;

  /// A generator for one row alone, whatever the tile: for evaluators with noise. Cost: a seed per call.
  [[nodiscard]] LaneGenerator row_random(std::size_t stream, std::size_t row) const noexcept;

  /// The operator's resource of this run (see OperatorTable::create_resource), or nullptr.
  [[nodiscard]] void* resource() const noexcept;

  // For operators that can fail or wait only.

  /// Says that the outputs of `row` and of all rows of this call before it are written. When the operator throws later,
  /// they are kept and the error belongs to the row after `row`. An operator that does so for every row declares
  /// `reports_rows`; others are called with one row at a time.
  void finished(std::size_t row) noexcept;
  /// Says that the outputs of `row` alone are written, for operators that come to the end of rows in any order. They
  /// are kept when the operator throws later, and a journal of evaluations has them on disk when this returns.
  /// `finished` still says which row an error belongs to.
  void written(std::size_t row) noexcept;
  /// Says that the outputs of `row` come later: the operator is called again with this row while it is in flight.
  void defer(std::size_t row) noexcept;
  /// Whether `row` was deferred by an earlier call of the same step.
  [[nodiscard]] bool in_flight(std::size_t row) const noexcept;

  /// What stands behind it; for the engine's own operators around other operators.
  [[nodiscard]] Services& services() const noexcept { return *services_; }

 private:
  Rows rows_;
  Services* services_;
};

/// What a step operator is called with. It runs alone and sees whole variables.
class StepContext {
 public:
  struct Services;  // of the engine

  explicit StepContext(Services& services) noexcept : services_(&services) {}

  /// The generator of the declared stream number `stream`.
  [[nodiscard]] LaneGenerator& random(std::size_t stream) noexcept;

  [[nodiscard]] void* resource() const noexcept;

  /// Seconds of wall clock that this run has used, resumed runs added up. What depends on it does not repeat.
  [[nodiscard]] double elapsed_seconds() const noexcept;

  /// Evaluated solutions of the whole run, retries apart.
  [[nodiscard]] std::uint64_t evaluations() const noexcept;

  /// Records why the run ends; the first reason stays. The graph itself leaves its loop.
  void set_stop_reason(StopReason reason) noexcept;

  /// Asks the run to return from `advance` when this step is done; the reason is its stop reason until it goes on. For
  /// what a host can help with: a run that is short of memory can be saved, and go on elsewhere.
  void pause(StopReason reason) noexcept;

  /// What the run holds in memory.
  [[nodiscard]] RunMemory memory() const noexcept;

  /// After the call returns, the population has `old_rows.size()` rows; new row i is old row `old_rows[i]`, or fresh
  /// (initial values) when that is `no_row`. All columns move, index columns that point into the population are
  /// remapped (`no_row` where the row has left), objects are told. At most the population's capacity.
  /// Views of this call keep showing the old rows. Throws std::invalid_argument for a row that does not exist.
  void resize(const InOutPopulation& population, std::span<const std::uint32_t> old_rows);

  /// After the call returns, the two populations have exchanged their rows (pointers, not elements). Indices outside
  /// of them that point into one of them become `no_row`. Throws std::invalid_argument when their columns differ.
  void swap(const InOutPopulation& first, const InOutPopulation& second);

 private:
  Services* services_;
};

}  // namespace skein
