#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// value <- lower + u * (upper - lower) with u uniform in [0, 1), one number for the whole run.
///
/// The result may be rounded to `upper`. One draw per call. Cost: about 200 ns.
struct UniformRandomScalar {
  static constexpr std::string_view name = "uniform_random_scalar";
  static constexpr std::string_view summary = "draws one uniform random number for all rows";

  struct Ports {
    In<double> lower, upper;
    Out<double> value;
  };
  static constexpr auto ports =
      std::tuple{in("lower", &Ports::lower, "real", "smallest value").initial("0"),
                 in("upper", &Ports::upper, "real", "end of the interval, >= lower").initial("1"),
                 out("value", &Ports::value, "real", "the random number")};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per call"}};

  static void run(const Ports& io, StepContext& context) noexcept {
    double draw = 0;
    context.random(0).fill_uniform(&draw, 1);
    io.value.value() = compute(Elementary::uniform, {draw, io.lower.value(), io.upper.value()});
  }
};

}  // namespace

const OperatorTable& uniform_random_scalar_operator() { return operator_table<UniformRandomScalar>(); }

}  // namespace skein
