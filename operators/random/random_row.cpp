#include <cstdint>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// rows <- a uniform random row of the population for every row, its own one excluded where `other` is set.
///
/// A population of one row has no other: there every row gets its own. One draw per row. Cost: about 1 ns per row.
struct RandomRow {
  static constexpr std::string_view name = "random_row";
  static constexpr std::string_view summary = "draws one row of the population per row";

  struct Ports {
    Out<std::uint32_t> rows;
    Scratch<std::uint64_t> bits;
  };
  static constexpr auto ports = std::tuple{out("rows", &Ports::rows, "index<n>[n]", "the random rows, for gather"),
                                           scratch("bits", &Ports::bits, "integer[n]", "random words")};
  static constexpr auto streams = std::array{StreamSpec{"", "one word per row"}};

  struct Parameters {
    bool other = false;
  };
  static constexpr auto parameters =
      std::tuple{parameter("other", &Parameters::other, "false", "whether a row never gets itself")};

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    const Rows rows = context.rows();
    context.random(0).fill_bits(io.bits.data, rows.count());
    const std::size_t population = io.rows.rows();
    const bool skips_own = chosen.other && population > 1;
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const std::uint64_t index = uniform_index(io.bits.data[row - rows.first], population - (skips_own ? 1 : 0));
      io.rows.value(row) = static_cast<std::uint32_t>(skips_own && index >= row ? index + 1 : index);
    }
  }
};

}  // namespace

const OperatorTable& random_row_operator() { return operator_table<RandomRow>(); }

}  // namespace skein
