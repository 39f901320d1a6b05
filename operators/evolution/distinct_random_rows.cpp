#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "operators/all.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// first, second, third <- for every row three other rows, all different, each choice as likely.
///
/// In a population of less than four rows there are not as many: then each is any of the others, and in one of a single
/// row that row itself. Three draws per row, without rejections. Cost: about 5 ns per row.
struct DistinctRandomRows {
  static constexpr std::string_view name = "distinct_random_rows";
  static constexpr std::string_view summary = "draws three different other rows of the population per row";

  struct Ports {
    Out<std::uint32_t> first, second, third;
  };
  static constexpr auto ports = std::tuple{out("first", &Ports::first, "index<n>[n]", "a row, for gather"),
                                           out("second", &Ports::second, "index<n>[n]", "another row"),
                                           out("third", &Ports::third, "index<n>[n]", "yet another row")};
  static constexpr auto streams = std::array{StreamSpec{"", "three words per row"}};

  /// Different numbers below `others`, where there are three.
  static std::array<std::size_t, 3> draw(const std::uint64_t* bits, std::size_t others) noexcept {
    if (others < 3)
      return {uniform_index(bits[0], others), uniform_index(bits[1], others), uniform_index(bits[2], others)};
    const std::size_t a = uniform_index(bits[0], others);
    std::size_t b = uniform_index(bits[1], others - 1);
    if (b >= a) ++b;
    const auto [low, high] = std::minmax(a, b);
    std::size_t c = uniform_index(bits[2], others - 2);
    if (c >= low) ++c;
    if (c >= high) ++c;
    return {a, b, c};
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& random = context.random(0);
    const std::size_t others = io.first.rows() - 1;
    for_strips(context.rows(), 3, [&](Rows rows, std::size_t, std::size_t) {
      std::uint64_t bits[strip_length];
      random.fill_bits(bits, 3 * rows.count());
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        const auto chosen = draw(bits + 3 * (row - rows.first), others);
        const auto without_own = [&](std::size_t i) {
          return static_cast<std::uint32_t>(others != 0 && i >= row ? i + 1 : i);
        };
        io.first.value(row) = without_own(chosen[0]);
        io.second.value(row) = without_own(chosen[1]);
        io.third.value(row) = without_own(chosen[2]);
      }
    });
  }
};

}  // namespace

const OperatorTable& distinct_random_rows_operator() { return operator_table<DistinctRandomRows>(); }

}  // namespace skein
