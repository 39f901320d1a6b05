#include "plugin/loader.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "plugin/candidate.hpp"
#include "plugin/descriptor_check.hpp"
#include "plugin/elf_check.hpp"
#include "plugin/floating_point.hpp"
#include "plugin/module.hpp"
#include "plugin/order.hpp"
#include "plugin/refusal.hpp"
#include "plugin/search.hpp"
#include "skein/child_process.hpp"

namespace skein::plugin {
namespace {

constexpr const char* built_in = "built in";

template <class Entries>
std::vector<std::string> names_in(const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

PluginContent content_of(const Registry& registry) {
  return {names_in(registry.operators()), names_in(registry.graphs()), names_in(registry.roles()),
          names_in(registry.encodings()), names_in(registry.problems())};
}

/// Takes over what was wrong with single parts of the plugin: one such error refuses it whole.
void take_findings(const Registry& staged, PluginReport& report) {
  for (Diagnostic finding : staged.diagnostics().items()) {
    if (!finding.where.is_known()) finding.where.file = report.file;
    report.findings.add(std::move(finding));
  }
}

/// Lets the plugin register into a registry of its own.
void stage(Candidate& candidate) {
  PluginReport& report = candidate.report;
  const FloatingPointState state;
  candidate.staged.begin_plugin(report.name, report.reproducibility);
  std::string thrown;
  try {
    candidate.entry.add(candidate.staged);
  } catch (const std::exception& error) {
    thrown = error.what();
  } catch (...) {
    thrown = "something that is no std::exception";
  }
  if (state.restore()) report.findings.add(changed_arithmetic(report.file));
  if (!thrown.empty()) {
    report.findings.add(refusal("plugin-registration", report.file,
                                "The register function of the plugin threw '" + thrown + "'; nothing of it is kept."));
    return;
  }
  report.adds = content_of(candidate.staged);
  take_findings(candidate.staged, report);
  if (candidate.staged.plugins() != std::vector{report.name}) {
    report.findings.add(refusal("plugin-registration", report.file,
                                "The plugin registers under another name than its own.", report.name,
                                candidate.staged.plugins().back(), "leave begin_plugin to the loader"));
  }
}

/// Loads and registers the file in a child process first: what throws while it is loaded, crashes, hangs or calls exit
/// would end this one.
void try_in_child(const std::string& file, PluginReport& report) {
  const ChildOutcome outcome = run_in_child([&file] {
    Candidate candidate;
    candidate.report.file = file;
    if (const auto entry = load_module(file, candidate.report.findings)) {
      candidate.entry = *entry;
      read_descriptor(candidate);
      if (!candidate.is_refused()) stage(candidate);
    }
    return std::string();
  });
  const std::string reason = outcome.describe();
  if (reason.empty()) return;
  report.findings.add(refusal("plugin-crashes", file,
                              "Loaded in a process of its own, to try it, the plugin " + reason + ".", "", "",
                              "skein check-plugin says more"));
}

bool is_shipped(const std::string& file) {
  std::error_code error;
  return std::filesystem::path(file).parent_path() == std::filesystem::canonical(shipped_plugin_directory(), error);
}

Candidate open(const PluginFile& file) {
  Candidate candidate;
  candidate.asked_for = file.asked_for;
  PluginReport& report = candidate.report;
  report.file = file.path;
  report.findings = file.findings;
  if (candidate.is_refused()) return candidate;
  if (auto finding = check_elf(file.path)) {
    report.findings.add(*std::move(finding));
    return candidate;
  }
  if (!is_shipped(file.path)) try_in_child(file.path, report);
  if (candidate.is_refused()) return candidate;
  if (const auto entry = load_module(file.path, report.findings)) {
    candidate.entry = *entry;
    read_descriptor(candidate);
  }
  return candidate;
}

std::vector<Candidate> collect(const PluginSources& sources, Diagnostics& diagnostics) {
  std::vector<Candidate> candidates;
  for (const BuiltinPlugin& plugin : sources.builtin) {
    Candidate candidate;
    candidate.report.file = built_in;
    candidate.entry = plugin;
    read_descriptor(candidate);
    candidates.push_back(std::move(candidate));
  }
  for (const PluginFile& file : find_plugin_files(sources, diagnostics)) candidates.push_back(open(file));
  return candidates;
}

/// Takes away what is loaded already from the same file; refuses what has the name of an earlier one.
void refuse_same_names(std::vector<Candidate>& candidates, std::span<const PluginReport> loaded) {
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return std::ranges::any_of(loaded, [&](const PluginReport& report) {
      return report.state == PluginState::loaded && report.file == candidate.report.file &&
             report.name == candidate.report.name;
    });
  });
  std::map<std::string, std::string> files;
  for (const PluginReport& report : loaded) {
    if (report.state == PluginState::loaded) files.emplace(report.name, report.file);
  }
  for (Candidate& candidate : candidates) {
    if (candidate.is_refused()) continue;
    const auto [first, is_new] = files.emplace(candidate.report.name, candidate.report.file);
    if (is_new) continue;
    candidate.report.findings.add(refusal("plugin-given-twice", candidate.report.file,
                                          "There is already a plugin named '" + candidate.report.name + "'.",
                                          "each name once", first->second, "take one of the two files away"));
  }
}

/// Warns of each short name that now stands for two things.
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
  warn(report.adds.roles, registry.roles());
  warn(report.adds.encodings, registry.encodings());
  warn(report.adds.problems, registry.problems());
}

void publish(Candidate& candidate, Registry& registry, Diagnostics& diagnostics) {
  for (Diagnostic finding : candidate.report.findings.items()) {
    if (!candidate.asked_for && finding.severity == Severity::error) finding.severity = Severity::warning;
    diagnostics.add(std::move(finding));
  }
  registry.note(std::move(candidate.report));
}

}  // namespace

void load_plugins(Registry& registry, const PluginSources& sources, Diagnostics& diagnostics) {
  std::vector<Candidate> candidates = collect(sources, diagnostics);
  refuse_same_names(candidates, registry.plugin_reports());
  for (Candidate& candidate : candidates) {
    if (!candidate.is_refused()) stage(candidate);
  }
  for (const std::size_t index : order_by_dependency(candidates, registry.plugin_reports())) {
    Candidate& candidate = candidates[index];
    warn_of_ambiguity(registry, candidate.report);
    registry.merge(std::move(candidate.staged));
    candidate.report.state = PluginState::loaded;
    publish(candidate, registry, diagnostics);
  }
  for (Candidate& candidate : candidates) {
    if (candidate.report.state == PluginState::refused) publish(candidate, registry, diagnostics);
  }
}

}  // namespace skein::plugin
