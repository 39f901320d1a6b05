#include <algorithm>

#include "encodings/real_vector/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// velocity <- 0. Cost: one store per component. Engelbrecht (2012) recommends it.
struct ZeroVelocity {
  static constexpr std::string_view name = "zero_velocity";
  static constexpr std::string_view summary = "starts particles at rest";
  static constexpr std::string_view source = "Engelbrecht, Particle swarm optimization: velocity initialization (2012)";
  static constexpr auto roles = std::array<std::string_view, 1>{"velocity_initializer"};

  struct Ports {
    Out<double> velocity;
  };
  static constexpr auto ports = std::tuple{out("velocity", &Ports::velocity, "real[n,d]", "zero")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      std::fill_n(io.velocity.row(row), io.velocity.width(), 0.0);
    }
  }
};

}  // namespace

const OperatorTable& zero_velocity_operator() { return operator_table<ZeroVelocity>(); }

}  // namespace skein
