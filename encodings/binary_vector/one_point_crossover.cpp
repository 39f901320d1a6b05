#include <cstdint>
#include <cstring>

#include "encodings/binary_vector/all.hpp"
#include "operators/topology/random_below.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// position <- mate from bit c on, with c uniform in 1 ... d - 1: the offspring begins as the one parent and ends as
/// the other. A single bit stays.
///
/// One draw per row. Cost: about 10 ns per row and a copy. Holland, Adaptation in natural and artificial systems
/// (1975).
struct OnePointCrossover {
  static constexpr std::string_view name = "one_point_crossover";
  static constexpr std::string_view summary = "takes all bits from a random one on from the mate";
  static constexpr std::string_view source = "Holland, Adaptation in natural and artificial systems (1975)";
  static constexpr auto roles = std::array<std::string_view, 1>{"crossover"};

  struct Ports {
    InOut<std::uint8_t> position;
    In<std::uint8_t> mate;
  };
  static constexpr auto ports =
      std::tuple{inout("position", &Ports::position, "binary[n,d]", "one parent; becomes the offspring"),
                 in("mate", &Ports::mate, "binary[n,d]", "the other parent")};
  static constexpr auto streams = std::array{StreamSpec{"", "one word per row"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& random = context.random(0);
    const std::size_t width = io.position.width();
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const std::size_t cut = 1 + random_below(random, width - 1);
      if (cut < width) std::memcpy(io.position.row(row) + cut, io.mate.row(row) + cut, width - cut);
    }
  }
};

}  // namespace

const OperatorTable& one_point_crossover_operator() { return operator_table<OnePointCrossover>(); }

}  // namespace skein
