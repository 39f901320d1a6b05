#include "encodings/binary_vector/all.hpp"
#include "encodings/binary_vector/bit_updater.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// v <- (w*v + (c1*r1)*(p - x)) + (c2*r2)*(g - x), limited to [-l, l], then x <- 1 where u < 1 / (1 + exp(-v)), else 0,
/// bit by bit, where
///
/// - w, c1, c2 are inertia, personal_best_attraction and neighbor_best_attraction, l is the smaller one of limit and
///   component_limits;
/// - r1, r2 and u are uniform in [0, 1), drawn for every bit, row by row, from the streams `cognitive`, `social` and
///   `bits`;
/// - p is the particle's personal best, g the personal best of its best informant (its own one where neighbor_best
///   points at none); bits count as the numbers 0 and 1.
///
/// A velocity is how likely the bit is to be 1, whatever it was. With the default limit of 4 (Kennedy, Eberhart and
/// Shi, Swarm Intelligence, 2001; the paper of 1997 names 6) no bit is more certain than 0.982. Cost: about 10 ns per
/// bit. Kennedy and Eberhart (1997).
struct SigmoidUpdater {
  static constexpr std::string_view name = "sigmoid_updater";
  static constexpr std::string_view summary = "sets each bit with the probability that its velocity says";
  static constexpr std::string_view source =
      "Kennedy and Eberhart, A discrete binary version of the particle swarm algorithm (1997)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  using Ports = BitUpdaterPorts;
  static constexpr auto ports = bit_updater_ports("4");
  static constexpr auto streams = bit_updater_streams;

  static void run(const Ports& io, RowContext& context) noexcept {
    update_bits(io, context, [](std::uint8_t, double v, double u) { return u < 1.0 / (1.0 + math::exp(-v)); });
  }
};

}  // namespace

const OperatorTable& sigmoid_updater_operator() { return operator_table<SigmoidUpdater>(); }

}  // namespace skein
