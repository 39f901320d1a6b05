#include "operators/all.hpp"
#include "operators/evolution/replacement_ports.hpp"
#include "operators/random/strips.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// Per row: position <- offspring and fitness <- offspring_fitness where the offspring is not worse, and also where it
/// is worse by an amount with u < exp(-amount / temperature), u uniform in [0, 1).
///
/// The amount is by how much the violation is larger, where violations differ, otherwise by how much the first
/// objective in which they differ is. At a temperature of 0 nothing worse is accepted; nor is, at any temperature, an
/// infinite amount, or NaN in place of a number. One draw per row, used or not. Cost: about 15 ns per row, and one copy
/// where it is accepted. Metropolis et al., Equation of state calculations by fast computing machines (1953);
/// Kirkpatrick, Gelatt and Vecchi, Optimization by simulated annealing (1983).
struct MetropolisAcceptance {
  static constexpr std::string_view name = "metropolis_acceptance";
  static constexpr std::string_view summary =
      "replaces every solution whose own offspring is not worse, or not much for the temperature";
  static constexpr std::string_view source =
      "Kirkpatrick, Gelatt and Vecchi, Optimization by simulated annealing (1983)";
  static constexpr auto roles = std::array<std::string_view, 1>{"replacement"};

  struct Ports : ReplacementPorts {
    In<double> temperature;
  };
  static constexpr auto ports = std::tuple_cat(
      replacement_ports<Ports>(), std::tuple{in("temperature", &Ports::temperature, "real[n]",
                                                "in units of the objective, >= 0: one for all or one per row")
                                                 .broadcast()
                                                 .minimum(0)});
  static constexpr auto streams = std::array{StreamSpec{"", "one number per row"}};

  /// By how much b is worse than a, which is better.
  static double amount(FitnessRow a, FitnessRow b) noexcept {
    for (std::size_t i = 0; i < a.width; ++i) {
      if (a.data[i] != b.data[i]) return b.data[i] - a.data[i];
    }
    return 0;
  }

  static bool accepts(FitnessRow fitness, FitnessRow offspring, double temperature, double u) noexcept {
    if (!better(fitness, offspring)) return true;
    // A NaN, which is worse than any number, makes the exponential NaN.
    return temperature > 0 && u < math::exp(-(amount(fitness, offspring) / temperature));
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& random = context.random(0);
    for_strips(context.rows(), 1, [&](Rows rows, std::size_t, std::size_t) {
      double numbers[strip_length];
      random.fill_uniform(numbers, rows.count());
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        const double u = numbers[row - rows.first];
        if (accepts(io.fitness[row], io.offspring_fitness[row], io.temperature.value(row), u)) io.replace(row, row);
      }
    });
  }
};

}  // namespace

const OperatorTable& metropolis_acceptance_operator() { return operator_table<MetropolisAcceptance>(); }

}  // namespace skein
