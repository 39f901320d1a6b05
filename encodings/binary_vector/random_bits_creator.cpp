#include <algorithm>
#include <cstdint>

#include "encodings/binary_vector/all.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// position <- 1 where u < 1/2, else 0, with u uniform in [0, 1), bit by bit; velocity <- 0.
///
/// One draw per bit, row by row. Cost: about 1 ns per bit. Kennedy and Eberhart (1997).
struct RandomBitsCreator {
  static constexpr std::string_view name = "random_bits_creator";
  static constexpr std::string_view summary = "draws every bit of every particle, each value as likely; at rest";
  static constexpr std::string_view source =
      "Kennedy and Eberhart, A discrete binary version of the particle swarm algorithm (1997)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_creator"};

  struct Ports {
    Out<std::uint8_t> position;
    Out<double> velocity;
  };
  static constexpr auto ports =
      std::tuple{out("position", &Ports::position, "binary[n,d]", "the bits that the particles start with"),
                 out("velocity", &Ports::velocity, "real[n,d]", "zero").optional()};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per bit"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& random = context.random(0);
    for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double numbers[strip_length];
      random.fill_uniform(numbers, rows.count() * count);
      const double* of_row = numbers;
      for (std::size_t row = rows.first; row < rows.last; ++row, of_row += count) {
        std::uint8_t* bits = io.position.row(row) + first;
        for (std::size_t i = 0; i < count; ++i) bits[i] = of_row[i] < 0.5 ? 1 : 0;
        if (io.velocity) std::fill_n(io.velocity.row(row) + first, count, 0.0);
      }
    });
  }
};

}  // namespace

const OperatorTable& random_bits_creator_operator() { return operator_table<RandomBitsCreator>(); }

}  // namespace skein
