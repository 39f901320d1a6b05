// HostProblem: a problem that a program brings along, in any encoding: with an objective of its own, or with none, when
// the program evaluates solutions itself and tells the values (skein/ask_tell.hpp).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "skein/context.hpp"
#include "skein/problem.hpp"
#include "skein/view.hpp"

namespace skein {

/// Consecutive solutions of a population as the engine holds them: views, nothing is copied.
class SolutionTile {
 public:
  SolutionTile() = default;
  SolutionTile(const PortView& solutions, Rows rows) noexcept : parts_(solutions.parts), rows_(rows) {}

  [[nodiscard]] std::size_t size() const noexcept { return rows_.count(); }
  /// Their rows in the population.
  [[nodiscard]] Rows rows() const noexcept { return rows_; }

  /// One part of solution `i`, from 0. T is the type of its elements: double for real, std::int64_t for integer,
  /// std::uint8_t for binary.
  template <class T>
  [[nodiscard]] std::span<const T> part(std::size_t i, std::size_t number = 0) const noexcept {
    const ColumnView& column = parts_[number];
    return {reinterpret_cast<const T*>(column.data + (rows_.first + i) * column.row_bytes), column.width};
  }

  /// The numbers of solution `i`, in encodings whose solutions are real[d].
  [[nodiscard]] std::span<const double> numbers(std::size_t i) const noexcept { return part<double>(i); }

 private:
  const ColumnView* parts_ = nullptr;
  Rows rows_;
};

/// The value of one solution, whose encoding has real[d]. May throw: the row has failed then, and the message becomes
/// the run's error.
using SolutionObjective = std::function<double(std::span<const double>)>;

/// The values of a tile: values[i * objectives + k] <- objective k of solution i, violations[i] <- by how much it
/// breaks constraints, which is never negative: a row with a violation that is, or is NaN, has failed. Before the call
/// violations are 0 and values NaN. May throw: the first row of the tile has failed then.
using TileObjective =
    std::function<void(const SolutionTile& tile, std::span<double> values, std::span<double> violations)>;

/// A problem of the host. Functions are called in place: `std::ref(simulator)` is never copied.
struct HostProblem {
  std::string name = "host_problem";
  std::string encoding = "real_vector";
  std::size_t dimension = 1;
  // Published as `lower` and `upper`, whole[d] where all of them are whole and at most 2^53, else real[d]: one number
  // for all dimensions or one each; empty: the encoding has no bounds.
  std::vector<double> lower = {};
  std::vector<double> upper = {};
  std::vector<PublishedValue> published = {};  ///< further ones
  std::vector<Objective> objectives = {Objective{}};
  std::optional<double> best_known = std::nullopt;  ///< value of the first objective
  std::vector<Offer> offers = {};

  // One of these, or none: then a run waits for values, see AskTell.
  SolutionObjective objective = nullptr;   ///< one solution, one objective
  TileObjective tile_objective = nullptr;  ///< some rows at a time
  bool thread_safe = false;                ///< whether the function may be called by several threads at once
};

/// The problem, for Session::prepare; nothing after all that is wrong was added to `diagnostics`: `bad-dimension`,
/// `bad-bounds`, and `bad-problem` for objectives and functions that do not go together.
[[nodiscard]] std::shared_ptr<const Problem> make_problem(HostProblem description, Diagnostics& diagnostics);

/// Whether the values of a problem's solutions come from AskTell.
[[nodiscard]] bool waits_for_host(const Problem& problem) noexcept;

}  // namespace skein
