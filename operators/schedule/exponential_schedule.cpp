#include <cmath>

#include "operators/all.hpp"
#include "operators/schedule/schedule.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// value <- start (end / start) ^ u
///
/// u = (index - start_index) / (end_index - start_index); exactly `start` up to start_index, `end` from end_index on.
/// Both are greater than 0, as a value of 0 or one of the other sign is never reached by factors.
struct ExponentialSchedule {
  static constexpr std::string_view name = "exponential_schedule";
  static constexpr std::string_view summary = "goes from one value to another by equal factors";
  static constexpr auto roles = std::array<std::string_view, 1>{"schedule"};
  using Ports = SchedulePorts;
  static constexpr auto ports = schedule_ports(ScheduledNumbers::positive);

  static bool check(const PrepareInput& input, Diagnostics& diagnostics) {
    return check_schedule(input, diagnostics, ScheduledNumbers::positive);
  }

  static void run(const Ports& io, StepContext&) noexcept {
    set_scheduled(io, [](double start, double end, double u) {
      const double factor = end / start;
      // Beyond what a number holds the factor is applied in two parts.
      return std::isnormal(factor) ? start * math::pow(factor, u) : math::pow(start, 1 - u) * math::pow(end, u);
    });
  }
};

}  // namespace

const OperatorTable& exponential_schedule_operator() { return operator_table<ExponentialSchedule>(); }

}  // namespace skein
