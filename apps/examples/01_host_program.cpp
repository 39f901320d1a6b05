// A host program: loads the plugins, prepares a run document, runs it, prints what was found.
//
//   build/bin/examples/01_host_program
#include <iostream>
#include <string_view>

#include "skein/session.hpp"

constexpr std::string_view document_text = R"({
  "format": "skein/1",
  "run": "sphere in 5 dimensions",
  "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 20}},
  "problem": {"name": "sphere", "dimension": 5},
  "seed": 1,
  "stop": {"target_error": 1e-6}
})";

int main() {
  skein::Session session;
  skein::Diagnostics diagnostics;
  session.load_plugins(skein::standard_plugin_sources(), diagnostics);
  const auto document = session.read_run(document_text, "host program", diagnostics);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  for (const skein::Diagnostic& diagnostic : diagnostics.items()) std::cerr << to_text(diagnostic) << '\n';
  if (!job) return 2;

  skein::Run run(job->plan, job->options);
  if (run.advance() == skein::RunState::failed) {
    std::cerr << run.error()->path << ": " << run.error()->message << '\n';
    return 1;
  }
  const skein::Result result = make_result(*job, run);
  std::cout << "stopped by " << to_text(result.stop_reason)
            << ", best value below 1e-6: " << (result.best_quality.value_or(1.0) <= 1e-6 ? "yes" : "no") << '\n';
  return 0;
}
