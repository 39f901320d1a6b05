// Stepping: a program that stops a run at a node, looks at its variables, changes one, watches iterations, and lets
// another thread run the rest. docs/tutorial_host.md explains it.
//
//   build/bin/examples/03_stepping
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <span>

#include "skein/background_run.hpp"
#include "skein/host_problem.hpp"
#include "skein/session.hpp"

namespace {

double bowl(std::span<const double> point) {
  double sum = 0.0;
  for (const double x : point) sum += x * x;
  return sum;
}

}  // namespace

int main() {
  skein::Session session;
  skein::Diagnostics diagnostics;
  session.load_plugins(skein::standard_plugin_sources(), diagnostics);
  skein::HostProblem description;
  description.name = "bowl";
  description.dimension = 3;
  description.lower = {-5.0};
  description.upper = {5.0};
  description.objective = bowl;
  skein::RunDocument document;
  document.algorithm.name = "particle_swarm";
  document.stop.iterations = 200;
  const auto job = session.prepare(document, make_problem(description, diagnostics), diagnostics);
  for (const skein::Diagnostic& diagnostic : diagnostics.items()) std::cerr << to_text(diagnostic) << '\n';
  if (!job) return 2;

  skein::Run run(job->plan, job->options);
  // Names are resolved once; later, a handle costs next to nothing.
  const auto position = run.handle<double>("swarm.position");
  const auto iterations = run.handle<std::int64_t>("iterations");

  run.advance_iterations(10);
  std::cout << "iteration " << run.read(iterations).value() << ", next is " << run.next_node() << '\n';

  // A breakpoint that does not exist is refused with the name that was probably meant.
  if (!run.add_breakpoint("main loop/evaluat", diagnostics)) {
    std::cout << "did you mean " << diagnostics.items().back().suggestion << "?\n";
  }
  run.add_breakpoint("main loop/evaluate", diagnostics);
  run.advance();
  std::cout << "stopped before " << *run.stopped_at() << '\n';
  for (std::size_t i = 0; i < 3; ++i) run.write(position)(0, i) = 0.0;  // particle 0 to a place of our choice
  run.remove_breakpoint("main loop/evaluate");

  std::size_t observed = 0;
  run.add_observer(skein::Observe::iterations, [&](const skein::RunReader& reader) {
    if (reader.read(iterations).value() % 50 == 0) ++observed;
  });
  run.advance_until([](const skein::RunReader& reader) { return reader.evaluations() >= 2000; });
  std::cout << "paused after " << run.evaluations() << " evaluations\n";
  {
    skein::BackgroundRun background(run);
    background.pause();
    background.resume();
    background.wait();
  }
  const skein::Result result = make_result(*job, run);
  std::cout << "ended by " << to_text(result.stop_reason) << ", observed " << observed << " times, best "
            << result.best_quality.value() << '\n';
  return result.best_quality.value() == 0.0 && observed == 4 ? 0 : 1;
}
