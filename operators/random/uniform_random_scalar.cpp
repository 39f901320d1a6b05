#include "operators/all.hpp"
#include "operators/random/draws.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// values <- lower + u * (upper - lower), row by row, with u uniform in [0, 1).
///
/// The result may be rounded to `upper`. One draw per row. Cost: about 1 ns per row.
struct UniformRandomScalar {
  static constexpr std::string_view name = "uniform_random_scalar";
  static constexpr std::string_view summary = "draws one uniform random number per row";

  struct Ports {
    In<double> lower, upper;
    Out<double> values;
    Scratch<double> uniform;
  };
  static constexpr auto ports = std::tuple{
      in("lower", &Ports::lower, "real[n]", "smallest value: one for all or per row").broadcast().initial("0"),
      in("upper", &Ports::upper, "real[n]", "end of the interval, >= lower").broadcast().initial("1"),
      out("values", &Ports::values, "real[n]", "the random numbers"),
      scratch("uniform", &Ports::uniform, "real[n]", "numbers in [0, 1)")};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per row"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    context.random(0).fill_uniform(io.uniform.data, context.rows().count());
    draws::write<draws::Uniform>(context.rows(), io.values, io.uniform.data, io.lower, io.upper);
  }
};

}  // namespace

const OperatorTable& uniform_random_scalar_operator() { return operator_table<UniformRandomScalar>(); }

}  // namespace skein
