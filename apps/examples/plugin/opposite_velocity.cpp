#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>

#include "content.hpp"
#include "skein/operator.hpp"

namespace decay {
namespace {

using skein::in;
using skein::out;

/// velocity <- (lower + upper) - 2 * position: the first step leads to the point on the other side of the centre.
struct OppositeVelocity {
  static constexpr std::string_view name = "opposite_velocity";
  static constexpr std::string_view summary = "aims particles at the points opposite to them";
  static constexpr auto roles = std::array<std::string_view, 1>{"velocity_initializer"};

  struct Ports {
    skein::In<double> position, lower, upper;
    skein::Out<double> velocity;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "real[n,d]", "where the particles are"),
                 in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
                 in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower"),
                 out("velocity", &Ports::velocity, "real[n,d]", "how they start to move")};

  static void run(const Ports& io, skein::RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t i = 0; i < io.velocity.width(); ++i) {
        io.velocity(row, i) = (io.lower(row, i) + io.upper(row, i)) - 2.0 * io.position(row, i);
      }
    }
  }
};

}  // namespace

const skein::OperatorTable& opposite_velocity_operator() { return skein::operator_table<OppositeVelocity>(); }

}  // namespace decay
