#include <cstdint>

#include "encodings/binary_vector/all.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// position <- mate where u < rate, bit by bit, with u uniform in [0, 1).
///
/// One draw per bit, row by row. Cost: about 1 ns per bit. Syswerda, Uniform crossover in genetic algorithms (1989).
struct UniformCrossover {
  static constexpr std::string_view name = "uniform_crossover";
  static constexpr std::string_view summary = "takes each bit from the mate with some probability";
  static constexpr std::string_view source = "Syswerda, Uniform crossover in genetic algorithms (1989)";
  static constexpr auto roles = std::array<std::string_view, 1>{"crossover"};

  struct Ports {
    InOut<std::uint8_t> position;
    In<std::uint8_t> mate;
    In<double> rate;
  };
  static constexpr auto ports =
      std::tuple{inout("position", &Ports::position, "binary[n,d]", "one parent; becomes the offspring"),
                 in("mate", &Ports::mate, "binary[n,d]", "the other parent"),
                 in("rate", &Ports::rate, "real", "probability of a bit to be the mate's").initial("0.5").range(0, 1)};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per bit"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& random = context.random(0);
    const double rate = io.rate.value();
    for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double numbers[strip_length];
      random.fill_uniform(numbers, rows.count() * count);
      const double* of_row = numbers;
      for (std::size_t row = rows.first; row < rows.last; ++row, of_row += count) {
        std::uint8_t* const bits = io.position.row(row) + first;
        const std::uint8_t* const mate = io.mate.row(row) + first;
        for (std::size_t i = 0; i < count; ++i) bits[i] = of_row[i] < rate ? mate[i] : bits[i];
      }
    });
  }
};

}  // namespace

const OperatorTable& uniform_crossover_operator() { return operator_table<UniformCrossover>(); }

}  // namespace skein
