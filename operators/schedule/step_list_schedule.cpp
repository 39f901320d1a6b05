#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "operators/all.hpp"
#include "operators/schedule/schedule.hpp"

namespace skein {
namespace {

/// value <- start + (end - start) w, where [v, w] is the last of the `steps` with v <= u; `start` before the first one
///
/// u = (index - start_index) / (end_index - start_index); exactly `start` up to start_index, `end` from end_index on.
/// Both numbers of a step are fractions, so that one list serves every start, end and length of a run.
struct StepListSchedule {
  static constexpr std::string_view name = "step_list_schedule";
  static constexpr std::string_view summary = "goes from one value to another in steps that are listed";
  static constexpr auto roles = std::array<std::string_view, 1>{"schedule"};
  using Ports = SchedulePorts;
  static constexpr auto ports = schedule_ports();

  struct Step {
    double from = 0;
    double weight = 0;
  };
  struct Parameters {
    Value steps;
    std::vector<Step> read;
  };
  static constexpr auto parameters =
      std::tuple{parameter("steps", &Parameters::steps, "[[0.25, 0.25], [0.5, 0.5], [0.75, 0.75]]",
                           "pairs, ascending: fraction of the way in time, fraction of the way from start to end")};

  static std::vector<Step> read(const Value& steps) {
    std::vector<Step> result;
    if (!steps.is_list()) return {};
    for (const Value& step : steps.list()) {
      const bool is_pair = step.is_list() && step.list().size() == 2 && step.list()[0].is_number() &&
                           step.list()[1].is_number() && std::isfinite(step.list()[1].number());
      if (!is_pair) return {};
      result.push_back({step.list()[0].number(), step.list()[1].number()});
    }
    return result;
  }

  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    bool right = check_schedule(input, diagnostics);
    const auto refuse = [&](std::string message, std::string expected) {
      right = false;
      diagnostics.add(input.refusal("bad-schedule", "parameters/steps", std::move(message), std::move(expected), ""));
    };
    chosen.read = read(chosen.steps);
    if (chosen.read.empty()) refuse("'steps' is no list of steps.", "one or more pairs such as [0.5, 0.5]");
    double before = -1;
    for (const Step& step : chosen.read) {
      const bool in_interval = step.from >= 0 && step.from <= 1;
      if (!in_interval) refuse("A step lies outside of the schedule.", "first numbers from 0 to 1");
      if (in_interval && !(step.from > before)) refuse("The steps do not ascend.", "first numbers that ascend");
      before = step.from;
    }
    return right;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept {
    set_scheduled(io, [&chosen](double start, double end, double u) {
      double weight = 0;
      for (const Step& step : chosen.read) {
        if (step.from <= u) weight = step.weight;
      }
      return start + (end - start) * weight;
    });
  }
};

}  // namespace

const OperatorTable& step_list_schedule_operator() { return operator_table<StepListSchedule>(); }

}  // namespace skein
