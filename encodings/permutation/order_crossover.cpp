#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "encodings/permutation/all.hpp"
#include "skein/encodings/permutation.hpp"
#include "skein/operator.hpp"
#include "skein/random.hpp"

namespace skein {
namespace {

/// The offspring has the items of `position` between two places of the order, both included, at the same places; from
/// the place after them on, and on from the first place after the last one, it has the other items in the order in
/// which `mate` has them, beginning there at the same place. The item at place k of d gets the key (k + 1/2) / d.
///
/// The two places are uniform and may be equal: two words per row. Cost: O(d log d) per row, as keys are sorted. Davis,
/// Applying adaptive algorithms to epistatic domains (1985).
struct OrderCrossover {
  static constexpr std::string_view name = "order_crossover";
  static constexpr std::string_view summary = "keeps a part of one order, and completes it in the order of the mate";
  static constexpr std::string_view source = "Davis, Applying adaptive algorithms to epistatic domains (1985)";
  static constexpr auto roles = std::array<std::string_view, 1>{"crossover"};

  struct Ports {
    InOut<double> position;
    In<double> mate;
    Scratch<std::int64_t> order, other_order;
    Scratch<std::uint8_t> is_kept;
  };
  static constexpr auto ports =
      std::tuple{inout("position", &Ports::position, "real[n,d]", "keys of one parent; becomes the offspring"),
                 in("mate", &Ports::mate, "real[n,d]", "keys of the other parent"),
                 scratch("order", &Ports::order, "integer[n,d]", "the order of a row"),
                 scratch("other_order", &Ports::other_order, "integer[n,d]", "that of its mate"),
                 scratch("is_kept", &Ports::is_kept, "boolean[n,d]", "whether an item keeps its place")};
  static constexpr auto streams = std::array{StreamSpec{"", "two words per row"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    const std::size_t width = io.position.width();
    const std::span<std::int64_t> order(io.order.data, width);
    const std::span<std::int64_t> other_order(io.other_order.data, width);
    std::uint8_t* const is_kept = io.is_kept.data;
    LaneGenerator& random = context.random(0);
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      std::array<std::uint64_t, 2> bits;
      random.fill_bits(bits.data(), 2);
      const std::size_t a = uniform_index(bits[0], width);
      const std::size_t b = uniform_index(bits[1], width);
      const std::size_t first = std::min(a, b);
      const std::size_t last = std::max(a, b);
      double* const keys = io.position.row(row);
      decode_permutation(keys, order);
      decode_permutation(io.mate.row(row), other_order);
      const auto place = [&](std::int64_t item, std::size_t at) {
        keys[item] = (static_cast<double>(at) + 0.5) / static_cast<double>(width);
      };
      std::fill_n(is_kept, width, std::uint8_t{0});
      for (std::size_t at = first; at <= last; ++at) {
        is_kept[order[at]] = 1;
        place(order[at], at);
      }
      std::size_t to = last;
      for (std::size_t i = 1; i <= width; ++i) {
        const std::int64_t item = other_order[(last + i) % width];
        if (is_kept[item] != 0) continue;
        to = to + 1 == width ? 0 : to + 1;
        place(item, to);
      }
    }
  }
};

}  // namespace

const OperatorTable& order_crossover_operator() { return operator_table<OrderCrossover>(); }

}  // namespace skein
