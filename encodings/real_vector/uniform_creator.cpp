#include <algorithm>

#include "encodings/real_vector/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// position <- lower + u * (upper - lower) with u uniform in [0, 1), component by component; velocity <- 0.
///
/// A position may be rounded to `upper`, never beyond it. One draw per component, row by row. Cost: about 1 ns per
/// component.
struct UniformCreator {
  static constexpr std::string_view name = "uniform_creator";
  static constexpr std::string_view summary = "places particles uniformly within the bounds, at rest";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_creator"};

  struct Ports {
    In<double> lower, upper;
    Out<double> position, velocity;
  };
  static constexpr auto ports =
      std::tuple{in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
                 in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower"),
                 out("position", &Ports::position, "real[n,d]", "where the particles start, within the bounds"),
                 out("velocity", &Ports::velocity, "real[n,d]", "zero").optional()};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.position.width();
    LaneGenerator& random = context.random(0);
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      random.fill_uniform(io.position.row(row), width);
      place(io.position.row(row), io.lower.row(row), io.upper.row(row), width);
      if (io.velocity) std::fill_n(io.velocity.row(row), width, 0.0);
    }
  }

  /// `position` holds the uniform numbers before.
  static void place(double* __restrict position, const double* __restrict lower, const double* __restrict upper,
                    std::size_t width) noexcept {
    for (std::size_t i = 0; i < width; ++i) position[i] = lower[i] + position[i] * (upper[i] - lower[i]);
  }
};

}  // namespace

const OperatorTable& uniform_creator_operator() { return operator_table<UniformCreator>(); }

}  // namespace skein
