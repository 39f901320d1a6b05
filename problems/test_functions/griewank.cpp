#include "core/kernel/kernel-inl.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// f(x) = (sum of x_i^2) / 4000 + (1 - product of cos(x_i / sqrt(i))) with i from 1. Minimum 0 at 0.
/// The cosine is that of x_i * (1 / (2 pi sqrt(i))) turns, from prepared factors: its own error is below 2 units in
/// the last place, and its argument is off by less than 2^-51 of itself. The product is taken in 8 fixed lanes, as
/// sums are. Locatelli (2003).
void griewank(const void* data, const In<double>& position, Rows rows, double* values) {
  const double* turns = static_cast<const std::vector<double>*>(data)->data();
  for_tiles(rows, values, [&](Rows tile, double* results) SKEIN_INLINED {
    double squares[tile_rows];
    double waves[tile_rows];
    for_rows(position, tile, squares, &sum_of_squares);
    fold_rows<Product>(position, tile, position.width(), waves, [=](const double* x, auto at) SKEIN_INLINED {
      return math::cos_turns(at.load(x) * at.load(turns));
    });
    write_places(tile.count(), results,
                 [&](auto at) SKEIN_INLINED { return at.load(squares) / 4000.0 + (1.0 - at.load(waves)); });
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(griewank);

std::shared_ptr<const void> prepare(std::size_t dimension, std::span<const Value>) {
  // As many times as the terms of narrow rows are computed at once.
  const std::size_t rows = std::max(std::size_t{1}, HWY_NAMESPACE::block_length / dimension);
  std::vector<double> turns(rows * dimension);
  for (std::size_t i = 0; i < turns.size(); ++i) {
    turns[i] = 0.5 * std::numbers::inv_pi / std::sqrt(static_cast<double>(i % dimension + 1));
  }
  return std::make_shared<const std::vector<double>>(std::move(turns));
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "griewank";
  kind.summary = "a wide bowl with many regular waves";
  kind.source = "Locatelli, A note on the Griewank test function (2003)";
  kind.lower = "-600";
  kind.upper = "600";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(griewank)(data, position, rows, values);
  };
  kind.prepare = &prepare;
  return kind;
}

}  // namespace

const RealVectorProblemKind& griewank_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
