#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "encodings/permutation/all.hpp"
#include "skein/operator.hpp"
#include "skein/random.hpp"

namespace skein {
namespace {

/// Of a `share` of the rows at random, two different items exchange their places: their keys are swapped. A single item
/// stays where it is.
///
/// Draws of every row, used or not: one number from the stream `row` and two words from `items`. Cost: about 15 ns per
/// row.
struct SwapMutation {
  static constexpr std::string_view name = "swap_mutation";
  static constexpr std::string_view summary = "exchanges two items of some orders";
  static constexpr auto roles = std::array<std::string_view, 2>{"mutation", "neighbor"};

  struct Ports {
    InOut<double> position;
    In<double> share;
  };
  static constexpr auto ports =
      std::tuple{inout("position", &Ports::position, "real[n,d]", "keys of the items"),
                 in("share", &Ports::share, "real", "probability of a row to be changed").initial("1").range(0, 1)};
  static constexpr auto streams =
      std::array{StreamSpec{"row", "one number per row"}, StreamSpec{"items", "two words per row"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    const std::size_t width = io.position.width();
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      double chance = 0;
      std::array<std::uint64_t, 2> bits;
      context.random(0).fill_uniform(&chance, 1);
      context.random(1).fill_bits(bits.data(), 2);
      if (width < 2 || !(chance < io.share.value())) continue;
      const std::size_t first = uniform_index(bits[0], width);
      const std::size_t other = uniform_index(bits[1], width - 1);
      std::swap(io.position(row, first), io.position(row, other >= first ? other + 1 : other));
    }
  }
};

}  // namespace

const OperatorTable& swap_mutation_operator() { return operator_table<SwapMutation>(); }

}  // namespace skein
