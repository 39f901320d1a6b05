#include "plugin/trial.hpp"

#include <chrono>
#include <string>

#include "plugin/child_process.hpp"
#include "plugin/descriptor_check.hpp"
#include "plugin/module.hpp"
#include "plugin/packed_report.hpp"
#include "plugin/refusal.hpp"
#include "plugin/staging.hpp"

namespace skein::plugin {

void try_in_child(Candidate& candidate, double seconds) {
  const std::string file = candidate.report.file;
  const std::chrono::duration<double> limit{seconds};
  const ChildOutcome outcome = run_in_child(
      [&file] {
        Candidate tried;
        tried.report.file = file;
        if (const auto entry = load_module(file, tried.report.findings)) {
          tried.entry = *entry;
          read_descriptor(tried);
          if (!tried.is_refused()) stage(tried);
        }
        return packed(tried.report);
      },
      limit);
  auto report = unpacked(outcome.text);
  std::string reason = outcome.describe(limit);
  if (reason.empty() && !report) reason = "left no result";
  if (!reason.empty()) {
    candidate.report.findings.add(
        refusal("plugin-crashes", file, "Loaded in a process of its own, to try it, the plugin " + reason + ".", "",
                outcome.said.empty() ? "" : "its last words: " + outcome.said, "skein check-plugin says more"));
  } else if (report->findings.has_errors()) {
    // Warnings alone are left to be found again when it is loaded here.
    candidate.report = *std::move(report);
  }
}

}  // namespace skein::plugin
