#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "operators/all.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// stop <- whether a limit is reached. When several are, the reason that is noted is the first of this list:
///
/// - target: best_fitness is feasible and its first objective is <= target;
/// - iterations: iterations >= limit;
/// - evaluations: one more iteration would exceed the limit, evaluations + rows of the swarm > limit;
/// - stagnation: for that many iterations, no best_fitness was better than the one remembered by more than the
///   tolerance; one that is better by more is remembered from then on. Better by more than it means: a smaller
///   violation or objective by more than tolerance, or with `relative_tolerance` by more than tolerance · |what is
///   remembered|; being the first that is feasible, or finite, is enough;
/// - diameter: the largest distance of a particle from `best` is <= diameter · |upper - lower|, the normalized radius
/// of
///   van den Bergh, An analysis of particle swarm optimizers (2002). A swarm of less than two particles has none, and
///   one with NaN in a position is never small enough;
/// - seconds: the run has used at least that many seconds of wall clock. A run that this stops does not repeat exactly.
///
/// Cost of the diameter: about one particle as long as the first one is far away, at most 1 ns per particle and
/// dimension.
struct StopAtLimits {
  static constexpr std::string_view name = "stop_at_limits";
  static constexpr std::string_view summary =
      "stops at a target, a number of iterations or evaluations, when nothing changes any more, or after a time";
  static constexpr auto roles = std::array<std::string_view, 1>{"stop_criterion"};

  struct Ports {
    In<std::int64_t> iterations, evaluations;
    InFitness best_fitness;
    InPopulation swarm;
    InBundle position, best;
    In<double> lower, upper;
    Out<std::uint8_t> stop;
    InOutFitness remembered;
    InOut<std::int64_t> improved;
  };
  static constexpr auto ports = std::tuple{
      in("iterations", &Ports::iterations, "integer", "iterations so far"),
      in("evaluations", &Ports::evaluations, "integer", "evaluated solutions so far"),
      in("best_fitness", &Ports::best_fitness, "fitness", "fitness of the best solution so far"),
      in("swarm", &Ports::swarm, "population", "whose rows one iteration evaluates"),
      in("position", &Ports::position, "solution[n]", "where the particles are; for `diameter`").whole().optional(),
      in("best", &Ports::best, "solution", "best solution so far; for `diameter`").optional(),
      in("lower", &Ports::lower, "real[d]", "lower bounds; for `diameter`").optional(),
      in("upper", &Ports::upper, "real[d]", "upper bounds, >= lower; for `diameter`").optional(),
      out("stop", &Ports::stop, "boolean", "whether to stop"),
      hidden("remembered", &Ports::remembered, "fitness", "what has to be improved"),
      hidden("improved", &Ports::improved, "integer", "iterations when it was remembered")};

  struct Parameters {
    std::int64_t iterations = -1;
    std::int64_t evaluations = -1;
    double target = std::numeric_limits<double>::lowest();
    double seconds = -1;
    std::int64_t stagnation = -1;
    double tolerance = 0;
    bool relative_tolerance = false;
    double diameter = -1;
  };
  static constexpr auto parameters = std::tuple{
      parameter("iterations", &Parameters::iterations, "-1", "limit of iterations; -1: none").minimum(-1),
      parameter("evaluations", &Parameters::evaluations, "-1", "limit of evaluations; -1: none").minimum(-1),
      parameter("target", &Parameters::target, "-1.7976931348623157e308",
                "fitness to reach, as it is minimized; the most negative number: none"),
      parameter("seconds", &Parameters::seconds, "-1", "limit of wall clock time; negative: none").unit("s"),
      parameter("stagnation", &Parameters::stagnation, "-1", "iterations without improvement; -1: any number")
          .minimum(-1),
      parameter("tolerance", &Parameters::tolerance, "0", "improvements up to it do not count for `stagnation`")
          .minimum(0),
      parameter("relative_tolerance", &Parameters::relative_tolerance, "false",
                "whether `tolerance` is a fraction of what is improved"),
      parameter("diameter", &Parameters::diameter, "-1",
                "distance from the best, as a fraction of the diagonal of the bounds; negative: any")};

  static bool check(const Parameters& limits, const PrepareInput& input, Diagnostics& diagnostics) {
    if (limits.diameter < 0) return true;
    std::string open;
    for (const char* port : {"position", "best", "lower", "upper"}) {
      if (!input.port(port).bound) open += (open.empty() ? "'" : ", '") + std::string(port) + "'";
    }
    if (open.empty()) return true;
    diagnostics.add(input.refusal("no-diameter", "parameters/diameter",
                                  "The diameter of this swarm cannot be measured: not all that it takes is bound.",
                                  "'position', 'best', 'lower' and 'upper' bound", "no " + open));
    return false;
  }

  static bool is_improved(double from, double to, const Parameters& limits) noexcept {
    if (!std::isfinite(from)) return std::isfinite(to);
    return from - to > (limits.relative_tolerance ? limits.tolerance * std::abs(from) : limits.tolerance);
  }

  static bool is_improved(FitnessRow from, FitnessRow to, const Parameters& limits) noexcept {
    if (!better(to, from)) return false;
    if (to.violation() != from.violation()) {
      return to.violation() == 0 || is_improved(from.violation(), to.violation(), limits);
    }
    for (std::size_t i = 0; i + 1 < from.width; ++i) {
      if (is_improved(from.objective(i), to.objective(i), limits)) return true;
    }
    return false;
  }

  static bool stagnates(const Ports& io, const Parameters& limits) noexcept {
    if (limits.stagnation < 0) return false;
    if (is_improved(io.remembered[0], io.best_fitness[0], limits)) {
      io.remembered.assign(0, io.best_fitness[0]);
      io.improved.value() = io.iterations.value();
    }
    return io.iterations.value() - io.improved.value() >= limits.stagnation;
  }

  template <class T>
  static double squared_distance(const PortView& a, std::size_t row, const PortView& b) noexcept {
    const T* const x = In<T>(a).row(row);
    const T* const y = In<T>(b).row(0);
    return math::sum8(a.parts[0].width, [=](std::size_t i) {
      const double difference = static_cast<double>(x[i]) - static_cast<double>(y[i]);
      return difference * difference;
    });
  }

  static double squared_distance(const ColumnView& part, std::size_t row, const ColumnView& best) noexcept {
    const PortView a{true, &part, 1, 1, nullptr, {}, nullptr, 0};
    const PortView b{true, &best, 1, 1, nullptr, {}, nullptr, 0};
    switch (part.element) {
      case Element::real:
        return squared_distance<double>(a, row, b);
      case Element::integer:
        return squared_distance<std::int64_t>(a, row, b);
      case Element::index:
        return squared_distance<std::uint32_t>(a, row, b);
      case Element::binary:
      case Element::boolean:
        break;
    }
    return squared_distance<std::uint8_t>(a, row, b);
  }

  static bool is_small(const Ports& io, const Parameters& limits) noexcept {
    const std::size_t rows = io.swarm.view.rows;
    if (limits.diameter < 0 || rows < 2) return false;
    const double* const lower = io.lower.row(0);
    const double* const upper = io.upper.row(0);
    const double diagonal =
        math::sum8(io.lower.width(), [=](std::size_t i) { return (upper[i] - lower[i]) * (upper[i] - lower[i]); });
    const double most = limits.diameter * limits.diameter * diagonal;
    for (std::size_t row = 0; row < rows; ++row) {
      double distance = 0;
      for (std::size_t part = 0; part < io.best.part_count(); ++part) {
        distance += squared_distance(io.position.parts()[part], row, io.best.parts()[part]);
      }
      if (!(distance <= most)) return false;
    }
    return true;
  }

  static StopReason reached(const Ports& io, const Parameters& limits, const StepContext& context) noexcept {
    constexpr double no_target = std::numeric_limits<double>::lowest();
    const bool stagnant = stagnates(io, limits);
    const FitnessRow best = io.best_fitness[0];
    if (limits.target > no_target && best.violation() == 0 && best.objective() <= limits.target) {
      return StopReason::target;
    }
    if (limits.iterations >= 0 && io.iterations.value() >= limits.iterations) return StopReason::iterations;
    const auto rows = static_cast<std::int64_t>(io.swarm.view.rows);
    if (limits.evaluations >= 0 && limits.evaluations - io.evaluations.value() < rows) return StopReason::evaluations;
    if (stagnant) return StopReason::stagnation;
    if (is_small(io, limits)) return StopReason::diameter;
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
