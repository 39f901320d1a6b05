#include "operators/all.hpp"
#include "operators/arithmetic/components.hpp"
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
    Scratch<double> uniform;
  };
  static constexpr auto ports = std::tuple{
      in("lower", &Ports::lower, "real[n,d]", "smallest value: one for all, per row, per dimension or per component")
          .broadcast()
          .initial("0"),
      in("upper", &Ports::upper, "real[n,d]", "end of the interval, >= lower").broadcast().initial("1"),
      out("values", &Ports::values, "real[n,d]", "the random numbers"),
      scratch("uniform", &Ports::uniform, "real[n,d]", "numbers in [0, 1)")};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.values.width();
    context.random(0).fill_uniform(io.uniform.data, rows.count() * width);

    const auto uniform = [data = io.uniform.data, first = rows.first, width](std::size_t row) {
      const double* elements = data + (row - first) * width;
      return [elements](std::size_t element) { return elements[element]; };
    };
    const auto scaled = [](double u, double lower, double upper) { return lower + u * (upper - lower); };
    components::with_reader(io.lower, [&](auto lower) {
      components::with_reader(io.upper,
                              [&](auto upper) { components::write(rows, io.values, scaled, uniform, lower, upper); });
    });
  }
};

}  // namespace

const OperatorTable& uniform_random_vector_operator() { return operator_table<UniformRandomVector>(); }

}  // namespace skein
