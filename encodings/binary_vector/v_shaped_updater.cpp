#include <cmath>

#include "encodings/binary_vector/all.hpp"
#include "encodings/binary_vector/bit_updater.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// v <- (w*v + (c1*r1)*(p - x)) + (c2*r2)*(g - x), limited to [-l, l], then x <- 1 - x where u < T(v), bit by bit. All
/// letters as in sigmoid_updater. With `transfer`
///
/// - `hyperbolic_tangent`: T(v) = |tanh(v)|, computed as (1 - e) / (1 + e) with e = exp(-2 |v|) (V2 of the paper);
/// - `square_root`: T(v) = |v| / sqrt(1 + v^2) (V3).
///
/// A velocity is how likely the bit is to change: a particle at rest stays where it is. The default limit of 6 is that
/// of the paper. Cost: about 10 ns per bit. Mirjalili and Lewis (2013).
struct VShapedUpdater {
  static constexpr std::string_view name = "v_shaped_updater";
  static constexpr std::string_view summary = "changes each bit with the probability that its velocity says";
  static constexpr std::string_view source =
      "Mirjalili and Lewis, S-shaped versus V-shaped transfer functions for binary particle swarm optimization (2013)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  enum class Transfer { hyperbolic_tangent, square_root };
  struct Parameters {
    Transfer transfer = Transfer::hyperbolic_tangent;
  };
  static constexpr auto parameters =
      std::tuple{parameter("transfer", &Parameters::transfer, "hyperbolic_tangent", "from a velocity to a probability")
                     .choices("hyperbolic_tangent|square_root")};

  using Ports = BitUpdaterPorts;
  static constexpr auto ports = bit_updater_ports("6");
  static constexpr auto streams = bit_updater_streams;

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    if (chosen.transfer == Transfer::square_root) {
      update_bits(io, context, [](std::uint8_t x, double v, double u) {
        return (x != 0) != (u < std::fabs(v) / std::sqrt(1.0 + v * v));
      });
    } else {
      update_bits(io, context, [](std::uint8_t x, double v, double u) {
        const double e = math::exp(-2.0 * std::fabs(v));
        return (x != 0) != (u < (1.0 - e) / (1.0 + e));
      });
    }
  }
};

}  // namespace

const OperatorTable& v_shaped_updater_operator() { return operator_table<VShapedUpdater>(); }

}  // namespace skein
