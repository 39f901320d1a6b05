#include <cstdint>

#include "encodings/binary_vector/all.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// Of a `share` of the rows at random, each bit with the given probability: x <- 1 - x.
///
/// Draws of every row, used or not: one number from the stream `row`, and one per bit from the stream `bit`. Cost:
/// about 1 ns per bit and 5 ns per row. Holland, Adaptation in natural and artificial systems (1975).
struct BitFlipMutation {
  static constexpr std::string_view name = "bit_flip_mutation";
  static constexpr std::string_view summary = "changes some bits of some rows";
  static constexpr std::string_view source = "Holland, Adaptation in natural and artificial systems (1975)";
  static constexpr auto roles = std::array<std::string_view, 2>{"mutation", "neighbor"};

  struct Ports {
    InOut<std::uint8_t> position;
    In<double> share, probability;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "binary[n,d]", "the solutions"),
      in("share", &Ports::share, "real", "probability of a row to be changed").initial("1").range(0, 1),
      in("probability", &Ports::probability, "real", "of each of its bits").initial("=1/dimension").range(0, 1)};
  static constexpr auto streams =
      std::array{StreamSpec{"row", "one number per row"}, StreamSpec{"bit", "one number per bit"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    double probability = 0;
    for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double numbers[strip_length];
      context.random(1).fill_uniform(numbers, rows.count() * count);
      const double* of_row = numbers;
      for (std::size_t row = rows.first; row < rows.last; ++row, of_row += count) {
        if (first == 0) {
          double chance = 0;
          context.random(0).fill_uniform(&chance, 1);
          probability = chance < io.share.value() ? io.probability.value() : 0.0;
        }
        std::uint8_t* const bits = io.position.row(row) + first;
        for (std::size_t i = 0; i < count; ++i) {
          bits[i] = static_cast<std::uint8_t>((bits[i] != 0) != (of_row[i] < probability));
        }
      }
    });
  }
};

}  // namespace

const OperatorTable& bit_flip_mutation_operator() { return operator_table<BitFlipMutation>(); }

}  // namespace skein
