#include "encodings/integer_vector/all.hpp"
#include "encodings/integer_vector/integer_of.hpp"
#include "encodings/integer_vector/within_bounds.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// x <- floor(x) + (1 where u < x - floor(x), else 0) with u uniform in [0, 1), component by component: an integer next
/// to x whose mean is x, so that slow particles move, too, now and then. What then lies beyond a bound is put on it,
/// and its velocity is set to 0. NaN stays NaN. An integer stays as it is.
///
/// One draw per component, row by row. Cost: about 2 ns per component.
struct RoundStochastically {
  static constexpr std::string_view name = "round_stochastically";
  static constexpr std::string_view summary =
      "puts particles on the integer below or above, the nearer the likelier, within the bounds";

  struct Ports {
    InOut<double> position, velocity;
    In<double> lower, upper;
  };
  static constexpr auto ports =
      std::tuple{inout("position", &Ports::position, "real[n,d]", "where the particles are"),
                 inout("velocity", &Ports::velocity, "real[n,d]", "how they moved last").optional(),
                 in("lower", &Ports::lower, "whole[d]", "lower bound of every dimension"),
                 in("upper", &Ports::upper, "whole[d]", "upper bound of every dimension, >= lower")};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& random = context.random(0);
    for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double numbers[strip_length];
      random.fill_uniform(numbers, rows.count() * count);
      const double* of_row = numbers;
      for (std::size_t row = rows.first; row < rows.last; ++row, of_row += count) {
        double* position = io.position.row(row) + first;
        double* velocity = io.velocity ? io.velocity.row(row) + first : nullptr;
        for (std::size_t i = 0; i < count; ++i) {
          const double below = integer_below(position[i]);
          position[i] = below + (of_row[i] < position[i] - below ? 1.0 : 0.0);
          keep_within(io.lower(row, first + i), io.upper(row, first + i), position[i],
                      velocity == nullptr ? nullptr : velocity + i);
        }
      }
    });
  }
};

}  // namespace

const OperatorTable& round_stochastically_operator() { return operator_table<RoundStochastically>(); }

}  // namespace skein
