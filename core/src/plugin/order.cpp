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

#include "plugin/refusal.hpp"

namespace skein::plugin {
namespace {

/// An edge goes from a plugin to one that it depends on, so that topological_sort, which writes the end of all edges
/// first, gives the order of loading.
using DependencyGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
using ByName = std::map<std::string_view, std::size_t, std::less<>>;

ByName index_by_name(std::span<const Candidate> candidates) {
  ByName by_name;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].is_refused()) by_name.emplace(candidates[i].report.name, i);
  }
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

/// Refuses every plugin that is part of a cycle.
void refuse_cycles(std::span<Candidate> candidates, const DependencyGraph& graph) {
  std::vector<std::size_t> component(candidates.size());
  const auto count = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::size_t> sizes(count);
  for (const std::size_t index : component) ++sizes[index];
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (sizes[component[i]] < 2 && !boost::edge(i, i, graph).second) continue;
    PluginReport& report = candidates[i].report;
    report.findings.add(refusal("plugin-cycle", report.file, "The plugin depends on itself.", "",
                                cycle_through(i, graph, candidates), "take one of these dependencies away"));
  }
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
  if (std::ranges::find(registry.plugins(), name) != registry.plugins().end()) return Found{};
  std::optional<Found> found;
  if (before != nullptr) found = Found{before, {}, true};
  for (const Candidate& candidate : candidates) {
    if (candidate.report.name != name || (found && candidate.is_refused())) continue;
    found = Found{&candidate.report, candidate.version, candidate.is_refused()};
  }
  return found;
}

}  // namespace

std::vector<std::size_t> order_by_dependency(std::span<Candidate> candidates, const Registry& registry) {
  const ByName by_name = index_by_name(candidates);
  refuse_cycles(candidates, dependency_graph(candidates, by_name));

  // Those in a cycle are refused, so their edges are gone.
  const DependencyGraph graph = dependency_graph(candidates, index_by_name(candidates));
  std::vector<std::size_t> order;
  boost::topological_sort(graph, std::back_inserter(order));
  std::vector<std::size_t> loadable;
  for (const std::size_t index : order) {
    Candidate& candidate = candidates[index];
    if (candidate.is_refused()) continue;
    for (const Dependency& dependency : candidate.dependencies) {
      check_dependency(candidate.report, dependency, find(dependency.plugin, candidates, registry));
    }
    if (!candidate.is_refused()) loadable.push_back(index);
  }
  return loadable;
}

}  // namespace skein::plugin
