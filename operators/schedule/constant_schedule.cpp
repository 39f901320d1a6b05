#include "operators/all.hpp"
#include "operators/schedule/schedule.hpp"

namespace skein {
namespace {

/// value <- start, whatever the index.
struct ConstantSchedule {
  static constexpr std::string_view name = "constant_schedule";
  static constexpr std::string_view summary = "stays at one value";
  static constexpr auto roles = std::array<std::string_view, 1>{"schedule"};

  struct Ports {
    Out<double> value;
    In<double> start;
  };
  static constexpr auto ports = std::tuple{out("value", &Ports::value, "real", "the scheduled value"),
                                           in("start", &Ports::start, "real", "the value")};

  static bool check(const PrepareInput& input, Diagnostics& diagnostics) { return check_schedule(input, diagnostics); }

  static void run(const Ports& io, StepContext&) noexcept { io.value.value() = io.start.value(); }
};

}  // namespace

const OperatorTable& constant_schedule_operator() { return operator_table<ConstantSchedule>(); }

}  // namespace skein
