#include <array>
#include <cstddef>

#include "content.hpp"
#include "skein/math.hpp"

namespace decay {
namespace {

/// What was measured at the times 0, 1, 2, ...
constexpr std::array measurements = {3.02, 1.79, 1.12, 0.66, 0.42, 0.23, 0.16, 0.09};

/// f(amplitude, rate) = sum of (amplitude * exp(-rate * t) - measurement)^2 over all times t.
void squared_errors(const void*, const skein::In<double>& position, skein::Rows rows, double* values) noexcept {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    double sum = 0.0;
    for (std::size_t t = 0; t < measurements.size(); ++t) {
      const double model = position(row, 0) * skein::math::exp(-position(row, 1) * static_cast<double>(t));
      sum += (model - measurements[t]) * (model - measurements[t]);
    }
    values[row - rows.first] = sum;
  }
}

skein::RealVectorProblemKind make_kind() {
  skein::RealVectorProblemKind kind;
  kind.name = "decay_fit";
  kind.summary = "amplitude and rate of an exponential decay, from eight measurements";
  kind.smallest_dimension = 2;
  kind.largest_dimension = 2;
  kind.lower = "0";
  kind.upper = "10";
  kind.tile_function = &squared_errors;
  return kind;
}

}  // namespace

const skein::RealVectorProblemKind& decay_fit_problem() {
  static const skein::RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace decay
