#include "operators/all.hpp"
#include "operators/schedule/schedule.hpp"

namespace skein {
namespace {

/// value <- start + (end - start) (u u)
///
/// u = (index - start_index) / (end_index - start_index); exactly `start` up to start_index, `end` from end_index on.
struct QuadraticSchedule {
  static constexpr std::string_view name = "quadratic_schedule";
  static constexpr std::string_view summary = "goes from one value to another, slowly at first";
  static constexpr auto roles = std::array<std::string_view, 1>{"schedule"};
  using Ports = SchedulePorts;
  static constexpr auto ports = schedule_ports();

  static bool check(const PrepareInput& input, Diagnostics& diagnostics) { return check_schedule(input, diagnostics); }

  static void run(const Ports& io, StepContext&) noexcept {
    set_scheduled(io, [](double start, double end, double u) { return start + (end - start) * (u * u); });
  }
};

}  // namespace

const OperatorTable& quadratic_schedule_operator() { return operator_table<QuadraticSchedule>(); }

}  // namespace skein
