#include "session/reproducibility.hpp"

#include <algorithm>

namespace skein {

namespace {

void limit_by_plugin(const Registry& registry, const std::string& plugin, const std::string& what,
                     ReproducibilityReport& report) {
  report.limit_to(registry.reproducibility(plugin), what + " of plugin '" + plugin + "'");
}

void limit_by_operators(const Registry& registry, const Plan& plan, ReproducibilityReport& report) {
  for (const PlanStep& step : plan.steps) {
    const auto& operators = registry.operators();
    const auto entry = std::ranges::find(operators, step.table, &Registered<const OperatorTable*>::content);
    if (step.table == nullptr || entry == operators.end()) continue;
    if (!step.table->repeatable) report.limit_to(Reproducibility::none, "operator '" + entry->name + "'");
    limit_by_plugin(registry, entry->plugin, "operator '" + entry->name + "'", report);
  }
  for (const PlanChild& child : plan.children) limit_by_operators(registry, *child.plan, report);
}

}  // namespace

ReproducibilityReport reproducibility_of(const Registry& registry, const Plan& plan, const RunDocument& document) {
  ReproducibilityReport report;
  limit_by_operators(registry, plan, report);
  const ProblemSpec* problem = registry.find_problem(document.problem.name);
  for (const auto& entry : registry.problems()) {
    if (entry.content.get() == problem) limit_by_plugin(registry, entry.plugin, "problem '" + entry.name + "'", report);
  }
  if (document.stop.seconds) report.limit_to(Reproducibility::none, "the limit `stop/seconds`");
  return report;
}

}  // namespace skein
