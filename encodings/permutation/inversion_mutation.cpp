#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "encodings/permutation/all.hpp"
#include "skein/encodings/permutation.hpp"
#include "skein/operator.hpp"
#include "skein/random.hpp"

namespace skein {
namespace {

/// Of a `share` of the rows at random, the items between two different places of the order, both included, come in the
/// opposite order: the keys of the first and the last of them are swapped, those of the second and the last but one,
/// and so on. Of a tour, that is a step of 2-opt. A single item stays where it is.
///
/// Draws of every row, used or not: one number from the stream `row` and two words from `places`. Cost: O(d log d) per
/// row that is changed, as keys are sorted. Holland, Adaptation in natural and artificial systems (1975).
struct InversionMutation {
  static constexpr std::string_view name = "inversion_mutation";
  static constexpr std::string_view summary = "reverses a part of some orders";
  static constexpr std::string_view source = "Holland, Adaptation in natural and artificial systems (1975)";
  static constexpr auto roles = std::array<std::string_view, 2>{"mutation", "neighbor"};

  struct Ports {
    InOut<double> position;
    In<double> share;
    Scratch<std::int64_t> order;
  };
  static constexpr auto ports =
      std::tuple{inout("position", &Ports::position, "real[n,d]", "keys of the items"),
                 in("share", &Ports::share, "real", "probability of a row to be changed").initial("1").range(0, 1),
                 scratch("order", &Ports::order, "integer[n,d]", "the order of a row")};
  static constexpr auto streams =
      std::array{StreamSpec{"row", "one number per row"}, StreamSpec{"places", "two words per row"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    const std::size_t width = io.position.width();
    const std::span<std::int64_t> order(io.order.data, width);
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      double chance = 0;
      std::array<std::uint64_t, 2> bits;
      context.random(0).fill_uniform(&chance, 1);
      context.random(1).fill_bits(bits.data(), 2);
      if (width < 2 || !(chance < io.share.value())) continue;
      double* const keys = io.position.row(row);
      decode_permutation(keys, order);
      std::size_t first = uniform_index(bits[0], width);
      std::size_t last = uniform_index(bits[1], width - 1);
      if (last >= first) {
        ++last;
      } else {
        std::swap(first, last);
      }
      for (; first < last; ++first, --last) std::swap(keys[order[first]], keys[order[last]]);
    }
  }
};

}  // namespace

const OperatorTable& inversion_mutation_operator() { return operator_table<InversionMutation>(); }

}  // namespace skein
