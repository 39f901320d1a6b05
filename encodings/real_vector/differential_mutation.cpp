#include <cstddef>
#include <cstdint>

#include "encodings/real_vector/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// difference <- F (b - c) and mutant <- a + difference, component by component, where a, b and c are the positions of
/// the rows base, first and second, and F is scale_factor; a row that points at none stands for its own one.
///
/// Mutants may be outside the bounds; `difference` says how they got there, as rules at bounds want to know. Cost:
/// about 0.5 ns per component. Storn and Price, Differential evolution (1997).
struct DifferentialMutation {
  static constexpr std::string_view name = "differential_mutation";
  static constexpr std::string_view summary = "adds the scaled difference of two solutions to a third one";
  static constexpr std::string_view source =
      "Storn and Price, Differential evolution: a simple and efficient heuristic for global optimization over "
      "continuous "
      "spaces (1997)";
  static constexpr auto roles = std::array<std::string_view, 1>{"differential_mutation"};

  struct Ports {
    In<double> position;
    In<std::uint32_t> base, first, second;
    In<double> scale_factor;
    Out<double> mutant, difference;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "real[n,d]", "the solutions").any(),
                 in("base", &Ports::base, "index<n>[n]", "row of the solution that is changed"),
                 in("first", &Ports::first, "index<n>[n]", "row of the solution from which is subtracted"),
                 in("second", &Ports::second, "index<n>[n]", "row of the solution that is subtracted"),
                 in("scale_factor", &Ports::scale_factor, "real[n]", "F: one for all or one per row")
                     .broadcast()
                     .initial("0.5")
                     .range(0, 2),
                 out("mutant", &Ports::mutant, "real[n,d]", "the sum; another variable than `position`"),
                 out("difference", &Ports::difference, "real[n,d]", "what was added").optional()};

  static void add(double* __restrict mutant, const double* a, const double* b, const double* c, double factor,
                  std::size_t width) noexcept {
    for (std::size_t i = 0; i < width; ++i) mutant[i] = a[i] + factor * (b[i] - c[i]);
  }

  static void subtract(double* __restrict difference, const double* b, const double* c, double factor,
                       std::size_t width) noexcept {
    for (std::size_t i = 0; i < width; ++i) difference[i] = factor * (b[i] - c[i]);
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    const std::size_t width = io.mutant.width();
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const auto position_of = [&](const In<std::uint32_t>& rows) {
        const std::size_t chosen = rows.value(row);
        return io.position.row(chosen < io.position.rows() ? chosen : row);
      };
      const double* const b = position_of(io.first);
      const double* const c = position_of(io.second);
      const double factor = io.scale_factor.value(row);
      add(io.mutant.row(row), position_of(io.base), b, c, factor, width);
      if (io.difference) subtract(io.difference.row(row), b, c, factor, width);
    }
  }
};

}  // namespace

const OperatorTable& differential_mutation_operator() { return operator_table<DifferentialMutation>(); }

}  // namespace skein
