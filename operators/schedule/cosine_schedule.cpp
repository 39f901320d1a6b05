#include "operators/all.hpp"
#include "operators/schedule/schedule.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// value <- start + (end - start) ((1 - cos(π u)) / 2), the half wave of cosine annealing
///
/// u = (index - start_index) / (end_index - start_index); exactly `start` up to start_index, `end` from end_index on.
/// Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2017).
struct CosineSchedule {
  static constexpr std::string_view name = "cosine_schedule";
  static constexpr std::string_view summary = "goes from one value to another, slowly at both ends";
  static constexpr std::string_view source =
      "Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2017)";
  static constexpr auto roles = std::array<std::string_view, 1>{"schedule"};
  using Ports = SchedulePorts;
  static constexpr auto ports = schedule_ports();

  static bool check(const PrepareInput& input, Diagnostics& diagnostics) { return check_schedule(input, diagnostics); }

  static void run(const Ports& io, StepContext&) noexcept {
    set_scheduled(io, [](double start, double end, double u) {
      return start + (end - start) * ((1 - math::cos_turns(u / 2)) / 2);
    });
  }
};

}  // namespace

const OperatorTable& cosine_schedule_operator() { return operator_table<CosineSchedule>(); }

}  // namespace skein
