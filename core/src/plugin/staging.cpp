#include "plugin/staging.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "documents/joined.hpp"
#include "exception_text.hpp"
#include "math/floating_point_state.hpp"
#include "plugin/refusal.hpp"
#include "skein/graph.hpp"

namespace skein::plugin {
namespace {

PluginContent content_of(const Registry& registry) {
  PluginContent content;
  content.operators = names_of(registry.operators());
  for (const auto& graph : registry.graphs()) {
    (is_algorithm(*graph.content) ? content.algorithms : content.graphs).push_back(graph.name);
  }
  content.roles = names_of(registry.roles());
  content.encodings = names_of(registry.encodings());
  content.problems = names_of(registry.problems());
  content.object_types = names_of(registry.object_types());
  return content;
}

/// Takes over what was wrong with single parts of the plugin: one such error refuses it whole. The places are in
/// documents within the plugin.
void take_findings(const Registry& staged, PluginReport& report) {
  for (Diagnostic finding : staged.diagnostics().items()) {
    const std::string part = finding.where.file;
    finding.where.file = report.file + (part.empty() ? "" : " (" + part + ")");
    report.findings.add(std::move(finding));
  }
}

}  // namespace

void stage(Candidate& candidate) {
  PluginReport& report = candidate.report;
  const FloatingPointState state;
  candidate.staged.begin_plugin(report.name, report.reproducibility);
  std::optional<std::string> thrown;
  try {
    candidate.entry.add(candidate.staged);
  } catch (...) {
    thrown = current_exception_text();
  }
  // The one thing that can have been found so far is that loading it did the same.
  if (state.restore() && report.findings.empty()) report.findings.add(changed_arithmetic(report.file));
  report.adds = content_of(candidate.staged);
  if (thrown) {
    report.findings.add(
        refusal("plugin-registration", report.file, "The register function of the plugin threw '" + *thrown + "'."));
    return;
  }
  take_findings(candidate.staged, report);
  const std::vector<std::string>& names = candidate.staged.plugins();
  if (names != std::vector{report.name}) {
    report.findings.add(refusal("plugin-registration", report.file,
                                "The plugin registers under another name than its own.", report.name,
                                names.empty() ? "no name" : names.back(), "leave begin_plugin to the loader"));
  }
}

}  // namespace skein::plugin
