#include "operators/all.hpp"
#include "operators/evolution/replacement_ports.hpp"

namespace skein {
namespace {

/// Per row: position <- offspring and fitness <- offspring_fitness, unless better(fitness, offspring_fitness).
///
/// Offspring that is as good replaces, so that solutions drift on plateaus; select_better keeps the older one. Cost:
/// one comparison per row, and one copy where it replaces. Storn and Price, Differential evolution (1997).
struct GreedyReplacement {
  static constexpr std::string_view name = "greedy_replacement";
  static constexpr std::string_view summary = "replaces every solution whose own offspring is not worse";
  static constexpr std::string_view source =
      "Storn and Price, Differential evolution: a simple and efficient heuristic for global optimization over "
      "continuous "
      "spaces (1997)";
  static constexpr auto roles = std::array<std::string_view, 1>{"replacement"};

  using Ports = ReplacementPorts;
  static constexpr auto ports = replacement_ports<Ports>();

  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (!better(io.fitness[row], io.offspring_fitness[row])) io.replace(row, row);
    }
  }
};

}  // namespace

const OperatorTable& greedy_replacement_operator() { return operator_table<GreedyReplacement>(); }

}  // namespace skein
