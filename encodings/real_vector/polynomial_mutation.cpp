#include <algorithm>
#include <cstddef>

#include "encodings/real_vector/all.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// Of a `share` of the rows at random, each component with the given probability: x <- x + delta (upper - lower),
/// within the bounds, where with eta = distribution_index and u uniform in [0, 1)
///
///   delta = (2 u + (1 - 2 u) (1 - a)^(eta + 1))^(1 / (eta + 1)) - 1                    for u <= 1/2,
///   delta = 1 - (2 (1 - u) + 2 (u - 1/2) (1 - b)^(eta + 1))^(1 / (eta + 1))            otherwise,
///
/// a = (x - lower) / (upper - lower) and b = (upper - x) / (upper - lower). So x stays within its bounds if it was, and
/// the larger eta, the nearer it stays. A component that is NaN, or with equal bounds, stays as it is.
///
/// Draws: one number per row, of the rows that are chosen one per component, and one more of each component that is
/// changed. Cost: about 1 ns per component of the rows that are chosen and 60 ns per component that is changed.
/// Deb and Goyal, A combined genetic adaptive search (GeneAS) for engineering design (1996); share, probability and
/// index as in Nebro et al., SMPSO (2009).
struct PolynomialMutation {
  static constexpr std::string_view name = "polynomial_mutation";
  static constexpr std::string_view summary = "changes some components of some rows, mostly a little";
  static constexpr std::string_view source =
      "Deb and Goyal, A combined genetic adaptive search (GeneAS) for engineering design (1996)";
  static constexpr auto roles = std::array<std::string_view, 1>{"mutation"};

  struct Ports {
    InOut<double> position;
    In<double> lower, upper;
    In<double> share, probability, distribution_index;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "the solutions"),
      in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
      in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower"),
      in("share", &Ports::share, "real", "probability of a row to be changed").initial("0.15").range(0, 1),
      in("probability", &Ports::probability, "real", "of each of its components").initial("=1/dimension").range(0, 1),
      in("distribution_index", &Ports::distribution_index, "real", "how near the changes stay")
          .initial("20")
          .range(0, 100)};
  static constexpr auto streams = std::array{StreamSpec{"", "for rows, components and changes"}};

  static double mutated(double x, double lower, double upper, double u, double eta) noexcept {
    const double width = upper - lower;
    if (!(width > 0)) return x;
    const double power = eta + 1;
    double delta = 0;
    if (u <= 0.5) {
      const double rest = std::clamp(1 - (x - lower) / width, 0.0, 1.0);
      delta = math::pow(2 * u + (1 - 2 * u) * math::pow(rest, power), 1 / power) - 1;
    } else {
      const double rest = std::clamp(1 - (upper - x) / width, 0.0, 1.0);
      delta = 1 - math::pow(2 * (1 - u) + 2 * (u - 0.5) * math::pow(rest, power), 1 / power);
    }
    return std::clamp(x + delta * width, lower, upper);
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    constexpr std::size_t strip = 64;
    const double probability = io.probability.value();
    const double eta = io.distribution_index.value();
    const std::size_t width = io.position.width();
    LaneGenerator& random = context.random(0);
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      double chance = 0;
      random.fill_uniform(&chance, 1);
      if (!(chance < io.share.value())) continue;
      double* const x = io.position.row(row);
      for (std::size_t first = 0; first < width; first += strip) {
        double chances[strip];
        const std::size_t count = std::min(strip, width - first);
        random.fill_uniform(chances, count);
        for (std::size_t i = 0; i < count; ++i) {
          if (!(chances[i] < probability)) continue;
          double u = 0;
          random.fill_uniform(&u, 1);
          double& component = x[first + i];
          component = mutated(component, io.lower(row, first + i), io.upper(row, first + i), u, eta);
        }
      }
    }
  }
};

}  // namespace

const OperatorTable& polynomial_mutation_operator() { return operator_table<PolynomialMutation>(); }

}  // namespace skein
