#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// value <- mean + standard_deviation * z with z standard normal, one number for the whole run.
///
/// |z| < 8.21. One draw per call. Cost: about 200 ns.
struct NormalRandomScalar {
  static constexpr std::string_view name = "normal_random_scalar";
  static constexpr std::string_view summary = "draws one normal random number for all rows";

  struct Ports {
    In<double> mean, standard_deviation;
    Out<double> value;
  };
  static constexpr auto ports = std::tuple{
      in("mean", &Ports::mean, "real", "mean of the distribution").initial("0"),
      in("standard_deviation", &Ports::standard_deviation, "real", "standard deviation, >= 0").initial("1").minimum(0),
      out("value", &Ports::value, "real", "the random number")};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per call"}};

  static void run(const Ports& io, StepContext& context) noexcept {
    double draw = 0;
    context.random(0).fill_normal(&draw, 1);
    io.value.value() = compute(Elementary::normal, {draw, io.mean.value(), io.standard_deviation.value()});
  }
};

}  // namespace

const OperatorTable& normal_random_scalar_operator() { return operator_table<NormalRandomScalar>(); }

}  // namespace skein
