#include "session/used_plugins.hpp"

#include <algorithm>
#include <set>

namespace skein {
namespace {

void add_operators(const Registry& registry, const Plan& plan, std::set<std::string>& names) {
  const auto& operators = registry.operators();
  for (const PlanStep& step : plan.steps) {
    const auto entry = std::ranges::find(operators, step.table, &Registered<const OperatorTable*>::content);
    if (step.table != nullptr && entry != operators.end()) names.insert(entry->plugin);
  }
  for (const PlanChild& child : plan.children) add_operators(registry, *child.plan, names);
}

template <class Entries, class Content>
void add_owner(const Entries& entries, const Content* content, std::set<std::string>& names) {
  for (const auto& entry : entries) {
    if (entry.content.get() == content) names.insert(entry.plugin);
  }
}

}  // namespace

std::vector<UsedPlugin> used_plugins(const Registry& registry, const Plan& plan, const Graph& algorithm,
                                     const std::string& problem) {
  std::set<std::string> names{algorithm.plugin};
  add_operators(registry, plan, names);
  const ProblemSpec* spec = registry.find_problem(problem);
  if (spec != nullptr) {
    add_owner(registry.problems(), spec, names);
    add_owner(registry.encodings(), registry.find_encoding(spec->encoding), names);
  }
  std::vector<UsedPlugin> used;
  for (const PluginReport& report : registry.plugin_reports()) {
    if (report.state == PluginState::loaded && names.contains(report.name))
      used.push_back({report.name, report.version});
  }
  return used;
}

}  // namespace skein
