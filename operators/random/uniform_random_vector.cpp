#include "operators/all.hpp"
#include "operators/random/draws.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// values <- lower + u * (upper - lower), component by component, with u uniform in [0, 1).
///
/// The result may be rounded to `upper`. One draw per component, row by row. Cost: about 1 ns per component.
struct UniformRandomVector {
  static constexpr std::string_view name = "uniform_random_vector";
  static constexpr std::string_view summary = "fills a vector with uniform random numbers";

  struct Ports {
    In<double> lower, upper;
    Out<double> values;
  };
  static constexpr auto ports = std::tuple{
      in("lower", &Ports::lower, "real[n,d]", "smallest value: one for all, per row, per dimension or per component")
          .broadcast()
          .initial("0"),
      in("upper", &Ports::upper, "real[n,d]", "end of the interval, >= lower").broadcast().initial("1"),
      out("values", &Ports::values, "real[n,d]", "the random numbers").broadcast()};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    draws::write(context, io.values, Elementary::uniform, &LaneGenerator::fill_uniform, io.lower, io.upper);
  }
};

}  // namespace

const OperatorTable& uniform_random_vector_operator() { return operator_table<UniformRandomVector>(); }

}  // namespace skein
