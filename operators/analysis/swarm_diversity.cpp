#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// A row of history: mean and largest Euclidean distance of the particles from their centre, the mean position, both
/// divided by the diagonal of the search space |upper - lower|.
///
/// Where the diagonal is 0 there is one position only, and both are 0. NaN without particles. Cost: about 1 ns per
/// particle and dimension, on one thread. Riget and Vesterstrøm, A diversity-guided particle swarm optimizer - the
/// ARPSO (2002).
struct SwarmDiversity {
  static constexpr std::string_view name = "swarm_diversity";
  static constexpr std::string_view summary = "records how far the particles are from their centre";
  static constexpr std::string_view source =
      "Riget and Vesterstrøm, A diversity-guided particle swarm optimizer - the ARPSO (2002)";
  static constexpr auto roles = std::array<std::string_view, 1>{"analyzer"};

  struct Ports {
    In<double> position, lower, upper;
    In<std::int64_t> iterations;
    In<std::uint8_t> stop;
    InOut<double> centre;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "real[n,d]", "where the particles are").whole(),
                 in("lower", &Ports::lower, "real[d]", "lower bounds"),
                 in("upper", &Ports::upper, "real[d]", "upper bounds, >= lower"),
                 iterations_port(&Ports::iterations),
                 stop_port(&Ports::stop),
                 hidden("centre", &Ports::centre, "real[d]", "mean position"),
                 history_port(&Ports::history)};

  using Parameters = AnalyzerParameters;
  static constexpr auto parameters = std::tuple{interval_parameter(&Parameters::interval)};

  static void find_centre(const Ports& io) noexcept {
    const std::size_t width = io.centre.width();
    double* const centre = io.centre.row(0);
    std::fill_n(centre, width, 0.0);
    for (std::size_t row = 0; row < io.position.rows(); ++row) {
      const double* const x = io.position.row(row);
      for (std::size_t i = 0; i < width; ++i) centre[i] += x[i];
    }
    for (std::size_t i = 0; i < width; ++i) centre[i] /= static_cast<double>(io.position.rows());
  }

  static double distance(const double* a, const double* b, std::size_t width) noexcept {
    return std::sqrt(math::sum8(width, [=](std::size_t i) { return (a[i] - b[i]) * (a[i] - b[i]); }));
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept {
    if (!is_due(io, chosen.interval)) return;
    find_centre(io);
    const std::size_t width = io.centre.width();
    const std::size_t rows = io.position.rows();
    double sum = 0;
    double largest = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      const double from_centre = distance(io.position.row(row), io.centre.row(0), width);
      sum += from_centre;
      if (!(from_centre <= largest)) largest = from_centre;
    }
    const double diagonal = distance(io.upper.row(0), io.lower.row(0), width);
    const auto relative = [&](double length) {
      if (rows == 0) return std::numeric_limits<double>::quiet_NaN();
      return diagonal == 0 ? 0 : length / diagonal;
    };
    record(io.history, {{"iteration"}, {"mean_distance"}, {"largest_distance"}},
           {static_cast<double>(io.iterations.value()), relative(sum / static_cast<double>(rows)), relative(largest)});
  }
};

}  // namespace

const OperatorTable& swarm_diversity_operator() { return operator_table<SwarmDiversity>(); }

}  // namespace skein
