// RealVectorProblem: makes problems with the encoding `real_vector` from a function of the coordinates.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "skein/context.hpp"
#include "skein/problem.hpp"
#include "skein/view.hpp"

namespace skein {

/// The fast form of a function: values[i] <- f(position of row rows.first + i). `data` is what `prepare` made. It must
/// accept every number, infinities and NaN included, must not throw, and may be called for several tiles at once.
using TileFunction = void (*)(const void* data, const In<double>& position, Rows rows, double* values) noexcept;

/// A tile function of chance: the random numbers for `row` come from `context.row_random(0, row)` and from nowhere
/// else, so that values repeat for the same seed, whatever the tiles and threads.
using RandomTileFunction = void (*)(const void* data, const In<double>& position, Rows rows, const RowContext& context,
                                    double* values) noexcept;

/// The fast form of a function with constraints: also violations[i] <- how much row rows.first + i breaks them, 0 when
/// it breaks none. Solutions are compared by Deb's rules: feasible before infeasible, less violation before more, and
/// only then by the value.
using ConstrainedTileFunction = void (*)(const void* data, const In<double>& position, Rows rows, double* violations,
                                         double* values) noexcept;

/// The plain form of a function: the value at one point. May throw; the message becomes the run's error.
using PointFunction = std::function<double(std::span<const double>)>;

/// What a function with constraints gives at one point.
struct ConstrainedValue {
  double violation = 0.0;  ///< >= 0; 0: feasible
  double value = 0.0;
};
using ConstrainedPointFunction = std::function<ConstrainedValue(std::span<const double>)>;

/// The plain form of a function with several objectives: values[k] <- objective k at the point. Returns the violation.
using ObjectivesPointFunction = std::function<double(std::span<const double> point, std::span<double> values)>;

/// Of one problem of this kind.
inline constexpr std::size_t most_objectives = 32;

inline constexpr std::size_t largest_dimension = 1'000'000;

/// One problem with everything fixed.
struct RealVectorProblem {
  std::string name;
  std::size_t dimension = 2;
  std::vector<double> lower = {-1.0};  ///< one for all dimensions or one each
  std::vector<double> upper = {1.0};   ///< >= lower
  Sense sense = Sense::minimize;
  std::optional<double> best_known;         ///< value, in the problem's own sense
  std::vector<double> best_known_solution;  ///< one coordinate for all dimensions or one each; empty: unknown
  /// Names of the objectives, all with `sense`; empty: one. Tile functions give the values of a row one after another,
  /// values[i * objectives.size() + k]. What is best of several is not known.
  std::vector<std::string> objectives;
  std::vector<double> reference_point;  ///< for hypervolumes, of the objectives as they are minimized; empty: none
  bool negate = false;          ///< objectives are -f with the opposite sense; `sense` and `best_known` speak of f
  ShowSolution show = nullptr;  ///< as in Problem

  TileFunction tile_function = nullptr;                         ///< this or
  RandomTileFunction random_tile_function = nullptr;            ///< this or
  ConstrainedTileFunction constrained_tile_function = nullptr;  ///< this or
  std::shared_ptr<const void> data;                             ///< of the tile function
  PointFunction point_function;                                 ///< this or
  ConstrainedPointFunction constrained_point_function;          ///< this or
  ObjectivesPointFunction objectives_point_function;            ///< this
  bool thread_safe = true;       ///< of the point function: whether several points may be evaluated at once
  std::size_t rows_at_once = 1;  ///< how many rows a tile function computes side by side (OperatorTable::rows_at_once)
  /// The function runs in the floating-point environment of the host. Otherwise, for functions that are meant for it,
  /// denormal numbers are flushed to zero while it runs.
  bool host_arithmetic = true;
};

/// The problem, or nothing after all that is wrong was added to `diagnostics`: `bad-dimension` for a dimension of 0 or
/// above the largest, `bad-bounds` for bounds that are not finite, not as many as dimensions, inverted, or so far apart
/// that their distance is infinite, `bad-problem` for more objectives than `most_objectives`, for several with a
/// function of one value, and for a reference point with another number of coordinates. Equal bounds are legal.
///
/// A best known solution outside the bounds is left out, with its value. Cost: O(dimension).
[[nodiscard]] std::shared_ptr<const Problem> make_problem(RealVectorProblem description, Diagnostics& diagnostics);

/// A kind of problem: a function for every dimension of a range. Texts are constants of the program, as are the numbers
/// that are given as document text.
struct RealVectorProblemKind {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  std::size_t smallest_dimension = 1;
  std::size_t largest_dimension = skein::largest_dimension;
  std::string_view dimension = "2";  ///< default
  std::string_view lower = "-1";     ///< default: a number or a list
  std::string_view upper = "1";
  Sense sense = Sense::minimize;
  std::optional<double> best_known;         ///< nothing: the value at the best known solution
  std::vector<double> best_known_solution;  ///< one coordinate for all dimensions or one each; empty: unknown
  /// Where the best known solution is the best: with bounds beyond these it is left out, with its value.
  double best_from = -std::numeric_limits<double>::infinity();
  double best_to = std::numeric_limits<double>::infinity();
  /// Whether the same is so of the default bounds, dimension by dimension.
  bool best_within_default_bounds = false;
  std::vector<ParameterSpec> parameters;                        ///< after those that every kind has
  TileFunction tile_function = nullptr;                         ///< this or
  RandomTileFunction random_tile_function = nullptr;            ///< this or
  ConstrainedTileFunction constrained_tile_function = nullptr;  ///< this
  bool host_arithmetic = false;                                 ///< as in RealVectorProblem
  ShowSolution show = nullptr;                                  ///< as in Problem
  /// The data of the tile function; `parameters` are the values of those above. May be null: no data.
  std::shared_ptr<const void> (*prepare)(std::size_t dimension, std::span<const Value> parameters) = nullptr;
};

/// The catalogue entry of a kind, which must outlive the registry. Its parameters are `dimension`, `lower`, `upper`
/// (a number or a list), `negate` and those of the kind.
[[nodiscard]] ProblemSpec problem_spec(const RealVectorProblemKind& kind);

}  // namespace skein
