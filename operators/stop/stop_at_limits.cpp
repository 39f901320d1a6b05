#include <cstdint>
#include <limits>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// stop <- whether a limit is reached. When several are, the reason that is noted is the first of this list:
///
/// - target: best_fitness is feasible and its first objective is <= target;
/// - iterations: iterations >= limit;
/// - evaluations: one more iteration would exceed the limit, evaluations + rows of the swarm > limit;
/// - seconds: the run has used at least that many seconds of wall clock. A run that this stops does not repeat exactly.
struct StopAtLimits {
  static constexpr std::string_view name = "stop_at_limits";
  static constexpr std::string_view summary = "stops at a target, a number of iterations or evaluations, or a time";
  static constexpr auto roles = std::array<std::string_view, 1>{"stop_criterion"};

  struct Ports {
    In<std::int64_t> iterations, evaluations;
    InFitness best_fitness;
    InPopulation swarm;
    Out<std::uint8_t> stop;
  };
  static constexpr auto ports =
      std::tuple{in("iterations", &Ports::iterations, "integer", "iterations so far"),
                 in("evaluations", &Ports::evaluations, "integer", "evaluated solutions so far"),
                 in("best_fitness", &Ports::best_fitness, "fitness", "fitness of the best solution so far"),
                 in("swarm", &Ports::swarm, "population", "whose rows one iteration evaluates"),
                 out("stop", &Ports::stop, "boolean", "whether to stop")};

  struct Parameters {
    std::int64_t iterations = -1;
    std::int64_t evaluations = -1;
    double target = std::numeric_limits<double>::lowest();
    double seconds = -1;
  };
  static constexpr auto parameters = std::tuple{
      parameter("iterations", &Parameters::iterations, "-1", "limit of iterations; -1: none").minimum(-1),
      parameter("evaluations", &Parameters::evaluations, "-1", "limit of evaluations; -1: none").minimum(-1),
      parameter("target", &Parameters::target, "-1.7976931348623157e308",
                "fitness to reach, as it is minimized; the most negative number: none"),
      parameter("seconds", &Parameters::seconds, "-1", "limit of wall clock time; negative: none").unit("s")};

  static StopReason reached(const Ports& io, const Parameters& limits, const StepContext& context) noexcept {
    constexpr double no_target = std::numeric_limits<double>::lowest();
    const FitnessRow best = io.best_fitness[0];
    if (limits.target > no_target && best.violation() == 0 && best.objective() <= limits.target) {
      return StopReason::target;
    }
    if (limits.iterations >= 0 && io.iterations.value() >= limits.iterations) return StopReason::iterations;
    const auto rows = static_cast<std::int64_t>(io.swarm.view.rows);
    if (limits.evaluations >= 0 && limits.evaluations - io.evaluations.value() < rows) return StopReason::evaluations;
    if (limits.seconds >= 0 && context.elapsed_seconds() >= limits.seconds) return StopReason::seconds;
    return StopReason::none;
  }

  static void run(const Ports& io, const Parameters& limits, StepContext& context) noexcept {
    const StopReason reason = reached(io, limits, context);
    if (reason != StopReason::none) context.set_stop_reason(reason);
    io.stop.value() = reason == StopReason::none ? 0 : 1;
  }
};

}  // namespace

const OperatorTable& stop_at_limits_operator() { return operator_table<StopAtLimits>(); }

}  // namespace skein
