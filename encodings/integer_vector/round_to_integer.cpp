#include "encodings/integer_vector/all.hpp"
#include "encodings/integer_vector/integer_of.hpp"
#include "encodings/integer_vector/within_bounds.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// x <- the integer nearest to x, of two equally near ones the even one, component by component. What then lies beyond
/// a bound is put on it, and its velocity is set to 0. NaN stays NaN. Cost: about 1 ns per component.
///
/// Velocities stay real: a particle that is too slow to leave its integer stays there until it is faster. Laskari,
/// Parsopoulos and Vrahatis (2002).
struct RoundToInteger {
  static constexpr std::string_view name = "round_to_integer";
  static constexpr std::string_view summary = "puts particles on the nearest integers within the bounds";
  static constexpr std::string_view source =
      "Laskari, Parsopoulos and Vrahatis, Particle swarm optimization for integer programming (2002)";

  struct Ports {
    InOut<double> position, velocity;
    In<double> lower, upper;
  };
  static constexpr auto ports =
      std::tuple{inout("position", &Ports::position, "real[n,d]", "where the particles are"),
                 inout("velocity", &Ports::velocity, "real[n,d]", "how they moved last").optional(),
                 in("lower", &Ports::lower, "whole[d]", "lower bound of every dimension"),
                 in("upper", &Ports::upper, "whole[d]", "upper bound of every dimension, >= lower")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      double* position = io.position.row(row);
      double* velocity = io.velocity ? io.velocity.row(row) : nullptr;
      for (std::size_t i = 0; i < io.position.width(); ++i) {
        position[i] = nearest_integer(position[i]);
        keep_within(io.lower(row, i), io.upper(row, i), position[i], velocity == nullptr ? nullptr : velocity + i);
      }
    }
  }
};

}  // namespace

const OperatorTable& round_to_integer_operator() { return operator_table<RoundToInteger>(); }

}  // namespace skein
