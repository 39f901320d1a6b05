#include <algorithm>
#include <cstddef>

#include "encodings/real_vector/all.hpp"
#include "operators/random/strips.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// Component by component, with x of position, y of mate, eta = distribution_index, and u and w uniform in [0, 1):
///
///   beta = (2 u)^(1 / (eta + 1))               for u <= 1/2,
///   beta = (1 / (2 (1 - u)))^(1 / (eta + 1))   otherwise;
///   x <- ((1 + beta) x + (1 - beta) y) / 2     for w < rate / 2,
///   x <- ((1 - beta) x + (1 + beta) y) / 2     for rate / 2 <= w < rate,
///
/// limited to the bounds; otherwise x stays. These are the two children of the paper, of which each component takes
/// one. The larger eta, the nearer they are to their parents.
///
/// One number per component, row by row, of each of the streams `spread` (u) and `choice` (w). Cost: about 50 ns per
/// component that is changed. Deb and Agrawal, Simulated binary crossover for continuous search space (1995).
struct SimulatedBinaryCrossover {
  static constexpr std::string_view name = "simulated_binary_crossover";
  static constexpr std::string_view summary = "spreads offspring about two parents, as crossover of bits would";
  static constexpr std::string_view source =
      "Deb and Agrawal, Simulated binary crossover for continuous search space (1995)";
  static constexpr auto roles = std::array<std::string_view, 1>{"crossover"};

  struct Ports {
    InOut<double> position;
    In<double> mate, lower, upper;
    In<double> rate, distribution_index;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "one parent; becomes the offspring"),
      in("mate", &Ports::mate, "real[n,d]", "the other parent"),
      in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
      in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower"),
      in("rate", &Ports::rate, "real", "probability of a component to be changed").initial("0.5").range(0, 1),
      in("distribution_index", &Ports::distribution_index, "real", "eta: how near offspring stays")
          .initial("20")
          .range(0, 100)};
  static constexpr auto streams = std::array{StreamSpec{"spread", "u, one number per component"},
                                             StreamSpec{"choice", "w, one number per component"}};

  static double spread(double u, double power) noexcept {
    return math::pow(u <= 0.5 ? 2 * u : 1 / (2 * (1 - u)), power);
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& of_spread = context.random(0);
    LaneGenerator& of_choice = context.random(1);
    const double rate = io.rate.value();
    const double power = 1 / (io.distribution_index.value() + 1);
    for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double u[strip_length];
      double w[strip_length];
      of_spread.fill_uniform(u, rows.count() * count);
      of_choice.fill_uniform(w, rows.count() * count);
      std::size_t draw = 0;
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        for (std::size_t i = first; i < first + count; ++i, ++draw) {
          if (!(w[draw] < rate)) continue;
          const double beta = spread(u[draw], power);
          const bool is_near_mate = w[draw] >= rate / 2;
          const double near = is_near_mate ? io.mate(row, i) : io.position(row, i);
          const double far = is_near_mate ? io.position(row, i) : io.mate(row, i);
          const double child = near + (1 - beta) / 2 * (far - near);
          io.position(row, i) = std::min(std::max(child, io.lower(row, i)), io.upper(row, i));
        }
      }
    });
  }
};

}  // namespace

const OperatorTable& simulated_binary_crossover_operator() { return operator_table<SimulatedBinaryCrossover>(); }

}  // namespace skein
