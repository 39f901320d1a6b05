#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"

namespace skein {
namespace {

/// A row of history: the numbers that it is given, under the names that they have in the graph. For what schedules
/// change, and any other number of the whole run.
struct ScheduleValues {
  static constexpr std::string_view name = "schedule_values";
  static constexpr std::string_view summary = "records numbers of the run, such as scheduled ones";
  static constexpr auto roles = std::array<std::string_view, 1>{"analyzer"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    Group<In<double>> scheduled;
    In<std::int64_t> iterations;
    In<std::uint8_t> stop;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("scheduled", &Ports::scheduled, "real", "what is recorded").variadic().optional(),
                 iterations_port(&Ports::iterations), stop_port(&Ports::stop), history_port(&Ports::history)};

  struct Parameters {
    std::int64_t interval = 1;
    std::vector<std::string> names;
  };
  static constexpr auto parameters = std::tuple{interval_parameter(&Parameters::interval)};

  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics&) {
    for (const BoundPort& member : input.port("scheduled").members) {
      chosen.names.push_back(member.name.substr(member.name.rfind('/') + 1));
    }
    return true;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    if (!is_due(io, chosen.interval)) return;
    if (!io.history->started()) {
      std::vector<HistoryColumn> columns = {{"iteration"}};
      for (const std::string& number : chosen.names) columns.push_back({number});
      io.history->start(columns);
    }
    const std::span<double> row = io.history->append();
    row[0] = static_cast<double>(io.iterations.value());
    for (std::size_t i = 0; i < io.scheduled.size(); ++i) row[1 + i] = io.scheduled[i].value();
  }
};

}  // namespace

const OperatorTable& schedule_values_operator() { return operator_table<ScheduleValues>(); }

}  // namespace skein
