#include "plugin/trial.hpp"

#include <chrono>
#include <string>
#include <utility>

#include "plugin/module.hpp"
#include "plugin/packed_report.hpp"
#include "plugin/refusal.hpp"
#include "plugin/staging.hpp"
#include "skein/child_process.hpp"

namespace skein::plugin {
namespace {

constexpr const char* what_runs =
    "mend what runs while it is loaded: constructors of static objects, and skein_plugin_register";

}  // namespace

void try_in_child(Candidate& candidate, double seconds) {
  const std::string file = candidate.report.file;
  const std::chrono::duration<double> limit{seconds};
  const ChildOutcome outcome = run_in_child(
      [&file] {
        Candidate tried;
        tried.report.file = file;
        load_module(tried);
        if (!tried.is_refused()) stage(tried);
        return packed(tried.report);
      },
      limit);
  auto report = unpacked(outcome.text);
  std::string reason = outcome.describe(limit);
  if (reason.empty() && !report) reason = "left no result";
  if (!reason.empty()) {
    candidate.report.findings.add(refusal("plugin-crashes", file,
                                          "The plugin " + reason + " when it was tried in a process of its own.", "",
                                          outcome.said.empty() ? "" : "its last words: " + outcome.said,
                                          outcome.end == ChildOutcome::End::not_started ? "" : what_runs));
  } else if (report->findings.has_errors()) {
    candidate.report = *std::move(report);
  } else {
    // Warnings are found again when it is loaded here. What it adds can be told even if something else keeps it out.
    candidate.report.adds = std::move(report->adds);
  }
}

}  // namespace skein::plugin
