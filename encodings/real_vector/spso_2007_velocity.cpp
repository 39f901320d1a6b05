#include "encodings/real_vector/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// v <- ((lower + u * (upper - lower)) - x) / 2 with u uniform in [0, 1), component by component: half the way to a
/// point that is uniform within the bounds, so that x + v lies within them too, but for rounding.
///
/// One draw per component, row by row. Cost: about 2 ns per component. Clerc (2012).
struct Spso2007Velocity {
  static constexpr std::string_view name = "spso_2007_velocity";
  static constexpr std::string_view summary =
      "sends particles half the way to points drawn uniformly within the bounds";
  static constexpr std::string_view source = "Clerc, Standard Particle Swarm Optimisation: from 2006 to 2011 (2012)";
  static constexpr auto roles = std::array<std::string_view, 1>{"velocity_initializer"};

  struct Ports {
    In<double> position, lower, upper;
    Out<double> velocity;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "real[n,d]", "where the particles are"),
                 in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
                 in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower"),
                 out("velocity", &Ports::velocity, "real[n,d]", "how they start to move")};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.velocity.width();
    LaneGenerator& random = context.random(0);
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      random.fill_uniform(io.velocity.row(row), width);
      aim(io.velocity.row(row), io.position.row(row), io.lower.row(row), io.upper.row(row), width);
    }
  }

  /// `velocity` holds the uniform numbers before.
  static void aim(double* __restrict velocity, const double* __restrict position, const double* __restrict lower,
                  const double* __restrict upper, std::size_t width) noexcept {
    for (std::size_t i = 0; i < width; ++i) {
      const double point = lower[i] + velocity[i] * (upper[i] - lower[i]);
      velocity[i] = (point - position[i]) / 2.0;
    }
  }
};

}  // namespace

const OperatorTable& spso_2007_velocity_operator() { return operator_table<Spso2007Velocity>(); }

}  // namespace skein
