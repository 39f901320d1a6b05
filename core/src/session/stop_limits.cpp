#include "session/stop_limits.hpp"

#include <algorithm>

namespace skein {

namespace {

constexpr const char* criterion_of_limits = "stop_at_limits";

/// A limit that no run reaches is no limit; up to 2^53 a plan holds integers exactly.
std::int64_t limited(std::uint64_t value) {
  constexpr std::uint64_t most = std::uint64_t{1} << 53U;
  return static_cast<std::int64_t>(std::min(value, most));
}

double minimized(const Problem& problem, double value) {
  return problem.objectives.front().sense == Sense::maximize ? -value : value;
}

std::optional<double> target_fitness(const RunDocument& document, const Problem& problem, Diagnostics& diagnostics) {
  const StopLimits& stop = document.stop;
  if (problem.objectives.size() > 1 && (stop.target || stop.target_error)) {
    diagnostics.add({"several-objectives", Severity::error, document.stop_where,
                     stop.target ? "stop/target" : "stop/target_error",
                     "Problem '" + problem.name + "' has " + std::to_string(problem.objectives.size()) +
                         " objectives: no single value can be its target.",
                     "another limit, such as 'evaluations'", "", ""});
    return std::nullopt;
  }
  if (stop.target) return minimized(problem, *stop.target);
  if (!stop.target_error) return std::nullopt;
  if (problem.best_known) return minimized(problem, *problem.best_known) + *stop.target_error;
  diagnostics.add({"no-best-known", Severity::error, document.stop_where, "stop/target_error",
                   "Problem '" + problem.name + "' has no best known value that 'target_error' could be counted from.",
                   "a problem with a best known value, or 'target'", "", ""});
  return std::nullopt;
}

bool sets_limits(const StopLimits& stop) {
  return stop.iterations || stop.evaluations || stop.target || stop.target_error || stop.seconds || stop.stagnation ||
         stop.diameter;
}

/// Binds the bounds that the problem publishes; there is no diameter without them.
void bind_bounds(const RunDocument& document, const Problem& problem, Component& criterion, Diagnostics& diagnostics) {
  for (const char* name : {"lower", "upper"}) {
    if (std::ranges::find(problem.published, name, &PublishedValue::name) == problem.published.end()) {
      diagnostics.add(
          {"no-diameter", Severity::error, document.stop_where, "stop/diameter",
           "Problem '" + problem.name + "' has no bounds that the diameter of a swarm could be measured by.",
           "a problem that publishes 'lower' and 'upper'", "", ""});
      return;
    }
    Value value(name);
    value.where = criterion.where;
    criterion.bindings.push_back({name, Direction::in, std::move(value), criterion.where});
  }
}

}  // namespace

StopChoice choose_stop(const RunDocument& document, const Problem& problem, Diagnostics& diagnostics) {
  const StopLimits& stop = document.stop;
  StopChoice choice;
  choice.target = target_fitness(document, problem, diagnostics);
  if (stop.iterations) choice.iteration_limit = limited(*stop.iterations);
  choice.criterion.kind = Component::Kind::operation;
  choice.criterion.name = criterion_of_limits;
  choice.criterion.where = document.stop_where.is_known() ? document.stop_where : document.where;
  const auto set = [&](const char* name, Value value) {
    value.where = choice.criterion.where;
    choice.criterion.parameters.push_back({name, choice.criterion.where, std::move(value)});
  };
  set("iterations", choice.iteration_limit);
  if (stop.evaluations) choice.evaluation_limit = limited(*stop.evaluations);
  if (stop.evaluations) set("evaluations", limited(*stop.evaluations));
  if (choice.target) set("target", *choice.target);
  if (stop.seconds) set("seconds", *stop.seconds);
  if (stop.stagnation) {
    set("stagnation", limited(*stop.stagnation));
    set("tolerance", stop.stagnation_tolerance);
    set("relative_tolerance", stop.relative_tolerance);
  }
  if (stop.diameter) {
    set("diameter", *stop.diameter);
    bind_bounds(document, problem, choice.criterion, diagnostics);
  }
  return choice;
}

void add_stop_criterion(std::vector<SlotFilling>& slots, const Graph& algorithm, const StopChoice& choice,
                        const RunDocument& document, Diagnostics& diagnostics) {
  const std::string name = "stop_criterion";
  const bool limits = sets_limits(document.stop);
  if (std::ranges::find(slots, name, &SlotFilling::slot) != slots.end()) {
    if (!limits) return;
    diagnostics.add({"stop-given-twice", Severity::error, document.stop_where, "stop",
                     "The limits under 'stop' fill the slot 'stop_criterion', which 'algorithm' fills as well.",
                     "one of both", "both", ""});
    return;
  }
  const auto slot = std::ranges::find(algorithm.slots, name, &GraphSlot::name);
  if (slot == algorithm.slots.end()) {
    if (!limits) return;
    diagnostics.add({"unused-stop", Severity::error, document.stop_where, "stop",
                     "Algorithm '" + algorithm.name + "' has no slot 'stop_criterion' that limits could fill.",
                     "a slot 'stop_criterion'", "none", ""});
    return;
  }
  slots.push_back({name, {{name, choice.criterion}}, false, choice.criterion.where});
}

namespace {

bool heeds_limits(const Plan& plan) {
  const auto is_criterion = [](const PlanStep& step) {
    return step.table != nullptr && step.table->name == criterion_of_limits;
  };
  return std::ranges::any_of(plan.steps, is_criterion) ||
         std::ranges::any_of(plan.children, [](const PlanChild& child) { return heeds_limits(*child.plan); });
}

}  // namespace

void check_stop(const Plan& plan, const RunDocument& document, Diagnostics& diagnostics) {
  if (!sets_limits(document.stop) || heeds_limits(plan)) return;
  diagnostics.add({"unused-stop", Severity::warning, document.stop_where, "stop",
                   "The slot 'stop_criterion' of the algorithm never stands in its flow: nothing heeds these limits.",
                   "a node with the slot 'stop_criterion' in the flow, before the condition of the loop", "none", ""});
}

void check_evaluations(const Plan& plan, const RunDocument& document, Diagnostics& diagnostics) {
  const auto first = std::ranges::find(plan.steps, true, &PlanStep::counts_evaluations);
  if (!document.stop.evaluations || first == plan.steps.end() || first->population == no_population) return;
  const std::size_t rows = first->only_row == no_index ? plan.populations[first->population].rows : 1;
  if (*document.stop.evaluations >= rows) return;
  diagnostics.add({"few-evaluations", Severity::warning, document.stop_where, "stop/evaluations",
                   "The limit is less than what the first evaluation of '" + plan.populations[first->population].name +
                       "' takes. That is made in any case, and the run ends after it.",
                   "at least " + std::to_string(rows), std::to_string(*document.stop.evaluations), ""});
}

}  // namespace skein
