#include "core/kernel/kernel-inl.hpp"

#include <algorithm>

#include "core/kernel/rows-inl.hpp"
#include "transform/rotation.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// out[i] <- the sum over j of columns[j][first + i] * (x[j] - center[j]), for 32 coordinates i at once.
HWY_INLINE void rotate_block(const transform::Rotation& rotation, const double* x, std::size_t first, double* out) {
  const double* column = rotation.columns.data() + first;
  const double* center = rotation.center.data();
  const std::size_t dimension = rotation.center.size();
  Reals a = 0.0;
  Reals b = 0.0;
  Reals c = 0.0;
  Reals d = 0.0;
  for (std::size_t j = 0; j < dimension; ++j, column += rotation.stride) {
    const Reals away = x[j] - center[j];
    a = a + Reals::load(column) * away;
    b = b + Reals::load(column + 8) * away;
    c = c + Reals::load(column + 16) * away;
    d = d + Reals::load(column + 24) * away;
  }
  a.store(out);
  b.store(out + 8);
  c.store(out + 16);
  d.store(out + 24);
}

/// The same for 8 coordinates.
HWY_INLINE void rotate_eight(const transform::Rotation& rotation, const double* x, std::size_t first, double* out) {
  const double* column = rotation.columns.data() + first;
  const double* center = rotation.center.data();
  const std::size_t dimension = rotation.center.size();
  Reals sum = 0.0;
  for (std::size_t j = 0; j < dimension; ++j, column += rotation.stride) {
    const Reals away = x[j] - center[j];
    sum = sum + Reals::load(column) * away;
  }
  sum.store(out);
}

void rotate(const transform::Rotation& rotation, const In<double>& position, Rows rows, double* moved) {
  constexpr std::size_t block = 32;
  const std::size_t dimension = rotation.center.size();
  const double* center = rotation.center.data();
  double sums[block];
  for (std::size_t row = rows.first; row < rows.last; ++row, moved += dimension) {
    const double* x = position.row(row);
    for (std::size_t first = 0; first < dimension;) {
      const bool is_wide = first + block <= rotation.stride;
      if (is_wide) {
        rotate_block(rotation, x, first, sums);
      } else {
        rotate_eight(rotation, x, first, sums);
      }
      const std::size_t end = std::min(first + (is_wide ? block : 8), dimension);
      for (std::size_t i = first; i < end; ++i) moved[i] = center[i] + sums[i - first];
      first = end;
    }
  }
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <cmath>
#include <utility>

#include "skein/math.hpp"
#include "skein/random.hpp"

namespace skein::transform {
namespace {

HWY_EXPORT(rotate);

double dot(const double* a, const double* b, std::size_t count) noexcept {
  return math::sum8(count, [a, b](std::size_t i) { return a[i] * b[i]; });
}

}  // namespace

std::vector<double> random_orthogonal_matrix(std::size_t dimension, std::uint64_t seed) {
  RandomKey key;
  key.seed = seed;
  key.stream = hash_name("rotate");
  std::vector<double> matrix(dimension * dimension);
  LaneGenerator(key).fill_normal(matrix.data(), matrix.size());
  for (std::size_t i = 0; i < dimension; ++i) {
    double* row = matrix.data() + i * dimension;
    for (std::size_t pass = 0; pass < 2; ++pass) {  // once loses digits where the row is nearly a sum of others
      for (std::size_t j = 0; j < i; ++j) {
        const double* other = matrix.data() + j * dimension;
        const double along = dot(row, other, dimension);
        for (std::size_t k = 0; k < dimension; ++k) row[k] -= along * other[k];
      }
    }
    const double length = std::sqrt(dot(row, row, dimension));
    for (std::size_t k = 0; k < dimension; ++k) row[k] /= length;
  }
  return matrix;
}

Rotation make_rotation(const std::vector<double>& matrix, std::vector<double> center) {
  Rotation rotation;
  const std::size_t dimension = center.size();
  rotation.stride = (dimension + 7) / 8 * 8;
  rotation.columns.assign(rotation.stride * dimension, 0.0);
  for (std::size_t i = 0; i < dimension; ++i) {
    for (std::size_t j = 0; j < dimension; ++j) rotation.columns[j * rotation.stride + i] = matrix[i * dimension + j];
  }
  rotation.center = std::move(center);
  return rotation;
}

void rotate_rows(const Rotation& rotation, const In<double>& position, Rows rows, double* moved) {
  HWY_DYNAMIC_DISPATCH(rotate)(rotation, position, rows, moved);
}

}  // namespace skein::transform
#endif  // HWY_ONCE
