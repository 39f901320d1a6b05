#include <cmath>
#include <cstdint>
#include <limits>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// A row of history: mean and largest Euclidean norm of the particles' velocities.
///
/// NaN without particles. Cost: about 0.5 ns per particle and dimension.
struct VelocityNorm {
  static constexpr std::string_view name = "velocity_norm";
  static constexpr std::string_view summary = "records how fast the particles move";
  static constexpr auto roles = std::array<std::string_view, 1>{"analyzer"};

  struct Ports {
    In<double> velocity;
    In<std::int64_t> iterations;
    In<std::uint8_t> stop;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("velocity", &Ports::velocity, "real[n,d]", "how the particles moved last"),
                 iterations_port(&Ports::iterations), stop_port(&Ports::stop), history_port(&Ports::history)};

  using Parameters = AnalyzerParameters;
  static constexpr auto parameters = std::tuple{interval_parameter(&Parameters::interval)};

  struct Partial {
    double sum = 0;
    double largest = 0;
    double rows = 0;

    void consider(double norm) noexcept {
      if (!(norm <= largest)) largest = norm;
    }
  };

  static void map(const Ports& io, const Parameters& chosen, RowContext& context, Partial& partial) noexcept {
    if (!is_due(io, chosen.interval)) return;
    const std::size_t width = io.velocity.width();
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const double* const v = io.velocity.row(row);
      const double norm = std::sqrt(math::sum8(width, [v](std::size_t i) { return v[i] * v[i]; }));
      partial.sum += norm;
      ++partial.rows;
      partial.consider(norm);
    }
  }

  static void combine(Partial& into, const Partial& later) noexcept {
    into.sum += later.sum;
    into.rows += later.rows;
    into.consider(later.largest);
  }

  static void finish(const Ports& io, const Parameters& chosen, const Partial* total) noexcept {
    if (!is_due(io, chosen.interval)) return;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    record(io.history, {{"iteration"}, {"mean"}, {"largest"}},
           {static_cast<double>(io.iterations.value()), total != nullptr ? total->sum / total->rows : none,
            total != nullptr ? total->largest : none});
  }
};

}  // namespace

const OperatorTable& velocity_norm_operator() { return operator_table<VelocityNorm>(); }

}  // namespace skein
