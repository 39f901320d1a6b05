#include <cmath>

#include "operators/all.hpp"
#include "operators/schedule/schedule.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// (e^x - 1) / x; 1 for 0. Of small x by the first twelve terms of its series, whose rest is below 1e-16 of it.
double relative_growth(double x) noexcept {
  if (std::abs(x) > 0.25) return (math::exp(x) - 1) / x;
  double sum = 1;
  for (double n = 12; n >= 2; --n) sum = 1 + sum * x / n;
  return sum;
}

/// value <- start + (end - start) (base^u - 1) / (base - 1); start + (end - start) u for base 1
///
/// u = (index - start_index) / (end_index - start_index); exactly `start` up to start_index, `end` from end_index on.
/// A base below 1 is fast at first (1e-5: 94 % of the way after a quarter), one above 1 slow at first.
struct GeneralizedExponentialSchedule {
  static constexpr std::string_view name = "generalized_exponential_schedule";
  static constexpr std::string_view summary = "goes from one value to another exponentially, bent by a base";
  static constexpr auto roles = std::array<std::string_view, 1>{"schedule"};
  using Ports = SchedulePorts;
  static constexpr auto ports = schedule_ports();

  struct Parameters {
    double base = 1e-5;
  };
  static constexpr auto parameters =
      std::tuple{parameter("base", &Parameters::base, "1e-5", "1: linear; below: fast at first; above: slow at first")
                     .range(1e-300, 1e300)};

  static bool check(const Parameters&, const PrepareInput& input, Diagnostics& diagnostics) {
    return check_schedule(input, diagnostics);
  }

  // With b = ln base, (base^u - 1) / (base - 1) = u g(b u) / g(b), g(x) = (e^x - 1) / x: exact next to base 1, too.
  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept {
    const double b = math::log(chosen.base);
    set_scheduled(io, [b](double start, double end, double u) {
      return start + (end - start) * (u * (relative_growth(b * u) / relative_growth(b)));
    });
  }
};

}  // namespace

const OperatorTable& generalized_exponential_schedule_operator() {
  return operator_table<GeneralizedExponentialSchedule>();
}

}  // namespace skein
