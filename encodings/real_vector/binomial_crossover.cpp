#include <cstddef>
#include <cstdint>

#include "encodings/real_vector/all.hpp"
#include "operators/random/strips.hpp"
#include "operators/topology/random_below.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// position <- mate where u < rate, component by component, and in one component per row that is drawn, in any case.
///
/// u is uniform in [0, 1), drawn for every component, row by row, from the stream `component`; the one component is
/// uniform, a word per row from the stream `certain`. With a rate of 0 exactly one component is the mate's, with one of
/// 1 all are. Cost: about 1 ns per component and 10 ns per row. Storn and Price, Differential evolution (1997), with
/// the target as position and the mutant as mate.
struct BinomialCrossover {
  static constexpr std::string_view name = "binomial_crossover";
  static constexpr std::string_view summary = "takes each component from the mate with some probability, one certainly";
  static constexpr std::string_view source =
      "Storn and Price, Differential evolution: a simple and efficient heuristic for global optimization over "
      "continuous "
      "spaces (1997)";
  static constexpr auto roles = std::array<std::string_view, 1>{"crossover"};

  struct Ports {
    InOut<double> position;
    In<double> mate;
    In<double> rate;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "one parent; becomes the offspring"),
      in("mate", &Ports::mate, "real[n,d]", "the other parent"),
      in("rate", &Ports::rate, "real[n]", "probability of a component to be the mate's: one for all or one per row")
          .broadcast()
          .initial("0.5")
          .range(0, 1)};
  static constexpr auto streams =
      std::array{StreamSpec{"component", "u, one number per component"}, StreamSpec{"certain", "one word per row"}};

  static void cross(double* __restrict position, const double* __restrict mate, const double* __restrict u, double rate,
                    std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i) position[i] = u[i] < rate ? mate[i] : position[i];
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& component = context.random(0);
    LaneGenerator& certain = context.random(1);
    const std::size_t width = io.position.width();
    for_strips(context.rows(), width, [&](Rows rows, std::size_t first, std::size_t count) {
      double numbers[strip_length];
      component.fill_uniform(numbers, rows.count() * count);
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        cross(io.position.row(row) + first, io.mate.row(row) + first, numbers + (row - rows.first) * count,
              io.rate.value(row), count);
        if (first != 0) continue;
        const std::size_t i = random_below(certain, width);
        io.position(row, i) = io.mate(row, i);
      }
    });
  }
};

}  // namespace

const OperatorTable& binomial_crossover_operator() { return operator_table<BinomialCrossover>(); }

}  // namespace skein
