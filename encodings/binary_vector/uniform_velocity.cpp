#include "encodings/binary_vector/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// v <- (2 u - 1) l with u uniform in [0, 1), component by component, where l is `limit`: uniform in [-l, l).
///
/// One draw per component, row by row. Cost: about 1 ns per component.
struct UniformVelocity {
  static constexpr std::string_view name = "uniform_velocity";
  static constexpr std::string_view summary = "draws every component of every velocity between two opposite limits";
  static constexpr auto roles = std::array<std::string_view, 1>{"velocity_initializer"};

  struct Ports {
    In<double> limit;
    Out<double> velocity;
  };
  static constexpr auto ports = std::tuple{
      in("limit", &Ports::limit, "real[d]", "limit of every component, >= 0").broadcast().initial("4").minimum(0),
      out("velocity", &Ports::velocity, "real[n,d]", "how the particles start to move")};
  static constexpr auto streams = std::array{StreamSpec{"", "one number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.velocity.width();
    LaneGenerator& random = context.random(0);
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      double* velocity = io.velocity.row(row);
      random.fill_uniform(velocity, width);
      for (std::size_t i = 0; i < width; ++i) velocity[i] = (2.0 * velocity[i] - 1.0) * io.limit(row, i);
    }
  }
};

}  // namespace

const OperatorTable& uniform_velocity_operator() { return operator_table<UniformVelocity>(); }

}  // namespace skein
