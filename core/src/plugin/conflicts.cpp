#include "plugin/conflicts.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "plugin/refusal.hpp"
#include "skein/plugin_sources.hpp"

namespace skein::plugin {

bool is_shipped_file(const std::string& file) {
  std::error_code error;
  return std::filesystem::path(file).parent_path() == std::filesystem::canonical(shipped_plugin_directory(), error);
}

void refuse_same_names(std::vector<Candidate>& candidates, const Registry& registry) {
  std::map<std::string, std::string> files{{"host", "the program itself"}};
  for (const PluginReport& report : registry.plugin_reports()) {
    if (report.state == PluginState::loaded) files.emplace(report.name, report.file);
  }
  for (const std::string& name : registry.plugins()) files.emplace(name, "the program itself");
  for (Candidate& candidate : candidates) {
    if (candidate.is_refused()) continue;
    const auto [first, is_new] = files.emplace(candidate.report.name, candidate.report.file);
    if (is_new) continue;
    candidate.report.findings.add(refusal("plugin-given-twice", candidate.report.file,
                                          "There is already a plugin named '" + candidate.report.name + "'.",
                                          "each name once", first->second, "take one of the two files away"));
  }
}

void refuse_taken_contracts(std::vector<Candidate>& candidates, const Registry& registry) {
  std::map<std::string, std::string> owners;
  for (const auto& role : registry.roles()) owners.emplace("a role named '" + role.name + "'", role.plugin);
  for (const auto& encoding : registry.encodings()) {
    owners.emplace("an encoding named '" + encoding.name + "'", encoding.plugin);
  }
  const auto claim = [&](PluginReport& report, const std::string& what) {
    const auto [owner, is_new] = owners.emplace(what, report.name);
    if (is_new) return;
    report.findings.add(
        refusal("name-given-twice", report.file, "The plugin '" + owner->second + "' already has " + what + ".",
                "roles and encodings that no other plugin has", "", "use that one, or rename this one"));
  };
  for (const bool shipped : {true, false}) {
    for (Candidate& candidate : candidates) {
      PluginReport& report = candidate.report;
      if (candidate.is_refused() || shipped != (report.file == built_in || is_shipped_file(report.file))) continue;
      for (const std::string& name : report.adds.roles) claim(report, "a role named '" + name + "'");
      for (const std::string& name : report.adds.encodings) claim(report, "an encoding named '" + name + "'");
    }
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
  warn(report.adds.operators, registry.operators());
  warn(report.adds.operators, registry.graphs());
  warn(report.adds.graphs, registry.operators());
  warn(report.adds.graphs, registry.graphs());
  warn(report.adds.problems, registry.problems());
}

}  // namespace skein::plugin
