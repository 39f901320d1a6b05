#include <cstdint>

#include "operators/all.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// values <- a uniform integer from lower to upper, both included, component by component.
///
/// `lower` where upper < lower. One draw per component, row by row; a probability is off by less than 2^-64.
/// Cost: about 1 ns per component.
struct RandomIntegerVector {
  static constexpr std::string_view name = "random_integer_vector";
  static constexpr std::string_view summary = "fills a vector with uniform random integers";

  struct Ports {
    In<std::int64_t> lower, upper;
    Out<std::int64_t> values;
  };
  static constexpr auto ports = std::tuple{
      in("lower", &Ports::lower, "integer[n,d]", "smallest value: one for all, per row, per dimension or per component")
          .broadcast()
          .initial("0"),
      in("upper", &Ports::upper, "integer[n,d]", "largest value, >= lower").broadcast().initial("1"),
      out("values", &Ports::values, "integer[n,d]", "the random integers").broadcast()};
  static constexpr auto streams = std::array{StreamSpec{"", "one word per component"}};

  static std::int64_t apply(std::uint64_t bits, std::int64_t lower, std::int64_t upper) noexcept {
    if (upper < lower) return lower;
    const auto first = static_cast<std::uint64_t>(lower);
    const std::uint64_t count = static_cast<std::uint64_t>(upper) - first + 1;  // 0 for all integers there are
    return static_cast<std::int64_t>(first + (count == 0 ? bits : uniform_index(bits, count)));
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& random = context.random(0);
    for_strips(context.rows(), io.values.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      std::uint64_t bits[strip_length];
      random.fill_bits(bits, rows.count() * count);
      const std::uint64_t* word = bits;
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        for (std::size_t element = first; element < first + count; ++element) {
          io.values(row, element) = apply(*word++, io.lower(row, element), io.upper(row, element));
        }
      }
    });
  }
};

}  // namespace

const OperatorTable& random_integer_vector_operator() { return operator_table<RandomIntegerVector>(); }

}  // namespace skein
