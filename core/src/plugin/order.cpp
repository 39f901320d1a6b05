#include "plugin/order.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "plugin/conflicts.hpp"
#include "plugin/refusal.hpp"

namespace skein::plugin {
namespace {

/// An edge goes from a plugin to one that it depends on, so that topological_sort, which writes the end of all edges
/// first, gives the order of loading.
using DependencyGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
using ByName = std::map<std::string_view, std::size_t, std::less<>>;

ByName index_by_name(std::span<const Candidate> candidates, std::span<const std::size_t> chosen) {
  ByName by_name;
  for (const std::size_t index : chosen) by_name.emplace(candidates[index].report.name, index);
  return by_name;
}

DependencyGraph dependency_graph(std::span<const Candidate> candidates, const ByName& by_name) {
  DependencyGraph graph(candidates.size());
  for (const auto& [name, index] : by_name) {
    for (const Dependency& dependency : candidates[index].dependencies) {
      const auto found = by_name.find(dependency.plugin);
      if (found != by_name.end()) boost::add_edge(index, found->second, graph);
    }
  }
  return graph;
}

/// "a -> b -> a": the shortest way from the plugin through its dependencies back to itself within its component.
std::string cycle_through(std::size_t start, const DependencyGraph& graph, std::span<const Candidate> candidates) {
  std::map<std::size_t, std::size_t> came_from;
  std::vector<std::size_t> front{start};
  while (!came_from.contains(start) && !front.empty()) {
    std::vector<std::size_t> next;
    for (const std::size_t plugin : front) {
      for (const auto target : boost::make_iterator_range(boost::adjacent_vertices(plugin, graph))) {
        if (came_from.emplace(target, plugin).second) next.push_back(target);
      }
    }
    front = std::move(next);
  }
  std::string text = candidates[start].report.name;
  for (std::size_t at = came_from.at(start); at != start; at = came_from.at(at)) {
    text = candidates[at].report.name + " -> " + text;
  }
  return candidates[start].report.name + " -> " + text;
}

/// Refuses every plugin that is part of a cycle. Whether there was one.
bool refuse_cycles(std::span<Candidate> candidates, const DependencyGraph& graph) {
  std::vector<std::size_t> component(candidates.size());
  const auto count = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::size_t> sizes(count);
  for (const std::size_t index : component) ++sizes[index];
  bool has_cycle = false;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (sizes[component[i]] < 2 && !boost::edge(i, i, graph).second) continue;
    PluginReport& report = candidates[i].report;
    report.findings.add(refusal("plugin-cycle", report.file, "The plugin depends on itself.", "",
                                cycle_through(i, graph, candidates), "take one of these dependencies away"));
    has_cycle = true;
  }
  return has_cycle;
}

/// What a dependency found.
struct Found {
  const PluginReport* report = nullptr;  ///< none for what the program itself has registered
  Version version;
  bool is_refused = false;
};

void check_dependency(PluginReport& report, const Dependency& dependency, const std::optional<Found>& found) {
  const std::string wanted = dependency.plugin + (dependency.range_text.empty() ? "" : " " + dependency.range_text);
  const std::string needs = "The plugin needs '" + dependency.plugin + "', ";
  if (!found) {
    report.findings.add(refusal("plugin-dependency", report.file, needs + "which was not found.", wanted, "",
                                "install it, or name its file with --plugin"));
  } else if (found->is_refused) {
    report.findings.add(refusal("plugin-dependency", report.file, needs + "which was refused itself.", wanted,
                                found->report->file, "mend or replace that one first"));
  } else if (found->report != nullptr && !dependency.range.holds(found->version)) {
    report.findings.add(refusal("plugin-dependency", report.file, needs + "but not in the version that was found.",
                                wanted,
                                dependency.plugin + " " + found->report->version + " (" + found->report->file + ")",
                                "install a version that will do"));
  }
}

/// One that is loaded, or else one that will be, or else one that was refused.
std::optional<Found> find(const std::string& name, std::span<const Candidate> candidates, const Registry& registry) {
  const PluginReport* before = registry.find_report(name);
  if (before != nullptr && before->state == PluginState::loaded) {
    return Found{before, parse_version(before->version).value_or(Version{}), false};
  }
  if (registry.has_plugin(name)) return Found{};
  std::optional<Found> found;
  if (before != nullptr) found = Found{before, {}, true};
  for (const Candidate& candidate : candidates) {
    if (candidate.report.name != name) continue;
    if (!candidate.is_refused()) return Found{&candidate.report, candidate.version, false};
    if (!found) found = Found{&candidate.report, candidate.version, true};
  }
  return found;
}

bool check_dependencies(Candidate& candidate, std::span<const Candidate> candidates, const Registry& registry) {
  for (const Dependency& dependency : candidate.dependencies) {
    check_dependency(candidate.report, dependency, find(dependency.plugin, candidates, registry));
  }
  return !candidate.is_refused();
}

/// Refuses each of the chosen that needs what no candidate can give. Whether there was one.
bool refuse_unsupported(std::span<Candidate> candidates, std::span<const std::size_t> chosen,
                        const Registry& registry) {
  bool has_one = false;
  for (const std::size_t index : chosen) {
    const bool lacks_one = std::ranges::any_of(candidates[index].dependencies, [&](const Dependency& dependency) {
      const std::optional<Found> found = find(dependency.plugin, candidates, registry);
      return !found || found->is_refused;
    });
    if (lacks_one) has_one = !check_dependencies(candidates[index], candidates, registry) || has_one;
  }
  return has_one;
}

/// The chosen in the order of loading; nothing when at least one of them was refused. Where another plugin is the
/// reason, that one is sure to stay: it comes before in this order.
std::optional<std::vector<std::size_t>> order_of(std::span<Candidate> candidates, std::span<const std::size_t> chosen,
                                                 const Registry& registry) {
  if (refuse_unsupported(candidates, chosen, registry)) return std::nullopt;
  const ByName by_name = index_by_name(candidates, chosen);
  const DependencyGraph graph = dependency_graph(candidates, by_name);
  if (refuse_cycles(candidates, graph)) return std::nullopt;
  std::vector<std::size_t> order;
  boost::topological_sort(graph, std::back_inserter(order));
  std::erase_if(order, [&](std::size_t index) { return std::ranges::find(chosen, index) == chosen.end(); });
  Contracts contracts(candidates, chosen, registry);
  for (const std::size_t index : order) {
    if (!check_dependencies(candidates[index], candidates, registry)) return std::nullopt;
    contracts.claim(candidates[index].report);
    if (candidates[index].is_refused()) return std::nullopt;
  }
  return order;
}

}  // namespace

std::vector<std::size_t> choose(std::span<Candidate> candidates, const Registry& registry) {
  refuse_loaded_names(candidates, registry);
  while (true) {
    const std::vector<std::size_t> chosen = first_of_each_name(candidates);
    auto order = order_of(candidates, chosen, registry);
    if (!order) continue;  // what fell gives way to the next of its name
    refuse_twins(candidates, chosen);
    return *std::move(order);
  }
}

}  // namespace skein::plugin
