#include "plugin/conflicts.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "plugin/refusal.hpp"

namespace skein::plugin {

namespace {

Diagnostic given_twice(const PluginReport& report, const std::string& other_file) {
  return refusal("plugin-given-twice", report.file, "There is already a plugin named '" + report.name + "'.",
                 "each name once", other_file, "take one of the two files away");
}

std::vector<std::string> contracts_of(const PluginContent& adds) {
  std::vector<std::string> contracts;
  const auto append = [&](const std::string& kind, const std::vector<std::string>& names) {
    for (const std::string& name : names) contracts.push_back(kind + " named '" + name + "'");
  };
  append("a role", adds.roles);
  append("an encoding", adds.encodings);
  append("an object type", adds.object_types);
  return contracts;
}

}  // namespace

void refuse_loaded_names(std::span<Candidate> candidates, const Registry& registry) {
  std::map<std::string, std::string> files{{"host", "the program itself"}};
  for (const PluginReport& report : registry.plugin_reports()) {
    if (report.state == PluginState::loaded) files.emplace(report.name, report.file);
  }
  for (const std::string& name : registry.plugins()) files.emplace(name, "the program itself");
  for (Candidate& candidate : candidates) {
    if (candidate.is_refused()) continue;
    const auto taken = files.find(candidate.report.name);
    if (taken != files.end()) candidate.report.findings.add(given_twice(candidate.report, taken->second));
  }
}

std::vector<std::size_t> first_of_each_name(std::span<const Candidate> candidates) {
  std::set<std::string_view> names;
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].is_refused() && names.insert(candidates[i].report.name).second) chosen.push_back(i);
  }
  return chosen;
}

void refuse_twins(std::span<Candidate> candidates, std::span<const std::size_t> chosen) {
  std::map<std::string_view, std::size_t> by_name;
  for (const std::size_t index : chosen) by_name.emplace(candidates[index].report.name, index);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    PluginReport& report = candidates[i].report;
    if (candidates[i].is_refused()) continue;
    const std::size_t first = by_name.at(report.name);
    if (first != i) report.findings.add(given_twice(report, candidates[first].report.file));
  }
}

Contracts::Contracts(std::span<const Candidate> candidates, std::span<const std::size_t> chosen,
                     const Registry& registry) {
  const auto note = [&](const std::string& kind, const auto& entries) {
    for (const auto& entry : entries) owners_.emplace(kind + " named '" + entry.name + "'", entry.plugin);
  };
  note("a role", registry.roles());
  note("an encoding", registry.encodings());
  note("an object type", registry.object_types());
  for (const std::size_t index : chosen) {
    const PluginReport& report = candidates[index].report;
    if (!candidates[index].is_shipped) continue;
    for (const std::string& contract : contracts_of(report.adds)) owners_.emplace(contract, report.name);
  }
}

void Contracts::claim(PluginReport& report) {
  for (const std::string& contract : contracts_of(report.adds)) {
    const std::string& owner = owners_.emplace(contract, report.name).first->second;
    if (owner == report.name) continue;
    report.findings.add(
        refusal("name-given-twice", report.file, "The plugin '" + owner + "' already has " + contract + ".",
                "roles, encodings and object types that no other plugin has", "", "use that one, or rename this one"));
  }
}

void warn_of_ambiguity(const Registry& registry, PluginReport& report) {
  const auto warn = [&](const std::vector<std::string>& names, const auto& entries) {
    for (const std::string& name : names) {
      const auto other = std::ranges::find(entries, name, [](const auto& entry) { return entry.name; });
      if (other == entries.end()) continue;
      Diagnostic warning = refusal("ambiguous-name", report.file,
                                   "The plugin '" + other->plugin + "' also has something named '" + name +
                                       "': documents must say which one is meant.",
                                   "'" + other->qualified_name() + "' or '" + report.name + ":" + name + "'");
      warning.severity = Severity::warning;
      report.findings.add(std::move(warning));
    }
  };
  for (const auto names : {&PluginContent::operators, &PluginContent::algorithms, &PluginContent::graphs}) {
    warn(report.adds.*names, registry.operators());
    warn(report.adds.*names, registry.graphs());
  }
  warn(report.adds.problems, registry.problems());
}

}  // namespace skein::plugin
