#include "plugin/loader.hpp"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/candidate.hpp"
#include "plugin/conflicts.hpp"
#include "plugin/descriptor_check.hpp"
#include "plugin/elf_check.hpp"
#include "plugin/module.hpp"
#include "plugin/order.hpp"
#include "plugin/search.hpp"
#include "plugin/staging.hpp"
#include "plugin/trial.hpp"

namespace skein::plugin {
namespace {

namespace fs = std::filesystem;

constexpr const char* built_in = "built in";  // in place of the file

Candidate open(const PluginFile& file, const fs::path& shipped, double seconds_to_try) {
  Candidate candidate;
  candidate.asked_for = file.asked_for;
  candidate.is_shipped = fs::path(file.path).parent_path() == shipped;
  PluginReport& report = candidate.report;
  report.file = file.path;
  report.findings = file.findings;
  if (candidate.is_refused()) return candidate;
  if (auto finding = check_elf(file.path)) {
    report.findings.add(*std::move(finding));
    return candidate;
  }
  if (!candidate.is_shipped) try_in_child(candidate, seconds_to_try);
  if (!candidate.is_refused()) load_module(candidate);
  return candidate;
}

/// What is loaded already from the same place is left out: files may have changed since.
std::vector<Candidate> collect(const PluginSources& sources, std::span<const PluginReport> reports,
                               Diagnostics& diagnostics) {
  const auto is_loaded = [&](std::string_view file, std::string_view name) {
    return std::ranges::any_of(reports, [&](const PluginReport& report) {
      return report.state == PluginState::loaded && report.file == file && (name.empty() || report.name == name);
    });
  };
  std::vector<Candidate> candidates;
  for (const BuiltinPlugin& plugin : sources.builtin) {
    Candidate candidate;
    candidate.report.file = built_in;
    candidate.is_shipped = true;
    candidate.entry = plugin;
    read_descriptor(candidate);
    if (!is_loaded(built_in, candidate.report.name)) candidates.push_back(std::move(candidate));
  }
  const fs::path shipped = plugin_path(shipped_plugin_directory());
  for (const PluginFile& file : find_plugin_files(sources, diagnostics)) {
    if (!is_loaded(file.path, "")) candidates.push_back(open(file, shipped, sources.seconds_to_try));
  }
  return candidates;
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
  // A child that is forked while another thread is within the dynamic linker, or within the first call of a plugin's
  // function with a static object, finds these half done for ever: it crashes or hangs, and a right plugin is refused.
  static std::mutex one_session_at_a_time;
  const std::lock_guard alone(one_session_at_a_time);
  std::vector<Candidate> candidates = collect(sources, registry.plugin_reports(), diagnostics);
  for (Candidate& candidate : candidates) {
    if (!candidate.is_refused()) stage(candidate);
  }
  for (const std::size_t index : choose(candidates, registry)) {
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
