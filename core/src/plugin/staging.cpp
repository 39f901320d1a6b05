#include "plugin/staging.hpp"

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "documents/joined.hpp"
#include "plugin/floating_point.hpp"
#include "plugin/refusal.hpp"

namespace skein::plugin {
namespace {

PluginContent content_of(const Registry& registry) {
  return {names_of(registry.operators()), names_of(registry.graphs()),   names_of(registry.roles()),
          names_of(registry.encodings()), names_of(registry.problems()), names_of(registry.object_types())};
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

/// What a call throws.
template <class Call>
std::optional<std::string> thrown_by(Call call) {
  try {
    call();
    return std::nullopt;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "something that is no std::exception";
  }
}

}  // namespace

void stage(Candidate& candidate) {
  PluginReport& report = candidate.report;
  const FloatingPointState state;
  candidate.staged.begin_plugin(report.name, report.reproducibility);
  const std::optional<std::string> thrown = thrown_by([&] { candidate.entry.add(candidate.staged); });
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
