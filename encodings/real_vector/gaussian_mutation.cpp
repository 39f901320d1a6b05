#include <algorithm>
#include <cstddef>

#include "encodings/real_vector/all.hpp"
#include "operators/random/strips.hpp"
#include "operators/topology/random_below.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// Of a `share` of the rows at random, each component with the given probability, and one component per row that is
/// drawn in any case: x <- x + z step_size (upper - lower) with a standard normal z, limited to the bounds.
///
/// Draws of every row, used or not: one number from the stream `row`, a word from `certain`, and one number per
/// component of each of `component` and `normal`. A NaN stays. Cost: about 5 ns per component.
struct GaussianMutation {
  static constexpr std::string_view name = "gaussian_mutation";
  static constexpr std::string_view summary = "adds normal numbers to some components of some rows";
  static constexpr auto roles = std::array<std::string_view, 2>{"neighbor", "mutation"};

  struct Ports {
    InOut<double> position;
    In<double> lower, upper;
    In<double> share, probability, step_size;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "the solutions"),
      in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
      in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower"),
      in("share", &Ports::share, "real", "probability of a row to be changed").initial("1").range(0, 1),
      in("probability", &Ports::probability, "real", "of each of its components").initial("=1/dimension").range(0, 1),
      in("step_size", &Ports::step_size, "real", "standard deviation, as a fraction of the width of the bounds")
          .initial("0.1")
          .range(0, 1)};
  static constexpr auto streams =
      std::array{StreamSpec{"row", "one number per row"}, StreamSpec{"certain", "one word per row"},
                 StreamSpec{"component", "one number per component"}, StreamSpec{"normal", "z, one per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    const std::size_t width = io.position.width();
    const double probability = io.probability.value();
    bool is_chosen = false;
    std::size_t certain = 0;
    for_strips(context.rows(), width, [&](Rows rows, std::size_t first, std::size_t count) {
      double chances[strip_length];
      double normal[strip_length];
      context.random(2).fill_uniform(chances, rows.count() * count);
      context.random(3).fill_normal(normal, rows.count() * count);
      std::size_t draw = 0;
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        if (first == 0) {
          double chance = 0;
          context.random(0).fill_uniform(&chance, 1);
          is_chosen = chance < io.share.value();
          certain = random_below(context.random(1), width);
        }
        for (std::size_t i = first; i < first + count; ++i, ++draw) {
          if (!is_chosen || (i != certain && !(chances[draw] < probability))) continue;
          const double lower = io.lower(row, i);
          const double upper = io.upper(row, i);
          const double moved = io.position(row, i) + normal[draw] * (io.step_size.value() * (upper - lower));
          io.position(row, i) = std::min(std::max(moved, lower), upper);
        }
      }
    });
  }
};

}  // namespace

const OperatorTable& gaussian_mutation_operator() { return operator_table<GaussianMutation>(); }

}  // namespace skein
