#include "encodings/real_vector/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// violation of fitness <- violation + the sum over all components of their distance beyond a bound, each as a share of
/// upper - lower (as it is where the bounds are equal). So particles that no rule brings back may fly outside, but what
/// they find there never beats what is found within and meets the problem's own constraints. As long as nothing meets
/// these, distances and violations are one sum, and the least may be outside. Cost: about 0.5 ns per component.
struct PenalizeOutside {
  static constexpr std::string_view name = "penalize_outside";
  static constexpr std::string_view summary = "counts the way beyond the bounds as a violation of constraints";
  static constexpr auto roles = std::array<std::string_view, 1>{"penalty"};

  struct Ports {
    In<double> position, lower, upper;
    InOutFitness fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "real[n,d]", "where the particles are"),
                                           in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
                                           in("upper", &Ports::upper, "real[d]", "upper bound, >= lower"),
                                           inout("fitness", &Ports::fitness, "fitness[n]", "fitness of `position`")};

  static double distance_beyond(const Ports& io, std::size_t row) noexcept {
    const double* x = io.position.row(row);
    const double* lower = io.lower.row(row);
    const double* upper = io.upper.row(row);
    double distance = 0;
    for (std::size_t i = 0; i < io.position.width(); ++i) {
      const double beyond = x[i] < lower[i] ? lower[i] - x[i] : x[i] > upper[i] ? x[i] - upper[i] : 0.0;
      const double width = upper[i] - lower[i];
      distance += width > 0 ? beyond / width : beyond;
    }
    return distance;
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      io.fitness.row(row)[0] += distance_beyond(io, row);
    }
  }
};

}  // namespace

const OperatorTable& penalize_outside_operator() { return operator_table<PenalizeOutside>(); }

}  // namespace skein
