// Ask and tell: a program that evaluates solutions itself, some at a time and not in order, as a simulator farm would.
// Skein never calls it. docs/tutorial_host.md explains it.
//
//   build/bin/examples/02_ask_tell
#include <cstddef>
#include <deque>
#include <iostream>
#include <span>

#include "skein/ask_tell.hpp"
#include "skein/session.hpp"

namespace {

/// A farm that works on few solutions at a time, gives back the newest first, and loses a job now and then.
class Farm {
 public:
  static constexpr std::size_t workers = 3;

  [[nodiscard]] bool has_room() const { return jobs_.size() < workers; }
  [[nodiscard]] bool is_idle() const { return jobs_.empty(); }

  void submit(std::size_t solution, std::span<const double> point) {
    double sum = 0.0;
    for (const double x : point) sum += (x - 0.5) * (x - 0.5);
    jobs_.push_back({solution, sum});
  }

  /// One finished job.
  void deliver(const skein::Batch& batch) {
    const Job job = jobs_.back();
    jobs_.pop_back();
    if (++delivered_ % 50 == 0) {
      batch.tell_failed(job.solution, "worker lost");
    } else {
      batch.tell(job.solution, job.value);
    }
  }

 private:
  struct Job {
    std::size_t solution = 0;
    double value = 0.0;
  };
  std::deque<Job> jobs_;
  std::size_t delivered_ = 0;
};

}  // namespace

int main() {
  skein::Session session;
  skein::Diagnostics diagnostics;
  session.load_plugins(skein::standard_plugin_sources(), diagnostics);

  // A problem without an objective: its values are told.
  skein::HostProblem description;
  description.name = "simulator";
  description.dimension = 4;
  description.lower = {-1.0};
  description.upper = {1.0};
  skein::RunDocument document;
  document.algorithm.name = "particle_swarm";
  document.stop.iterations = 60;
  document.on_error = skein::ErrorPolicy::retry;  // what was lost is asked for again
  const auto problem = make_problem(description, diagnostics);
  const auto job = session.prepare(document, problem, diagnostics);
  for (const skein::Diagnostic& diagnostic : diagnostics.items()) std::cerr << to_text(diagnostic) << '\n';
  if (!job) return 2;

  skein::Run run(job->plan, job->options);
  skein::AskTell host(run, *job);
  Farm farm;
  std::size_t batches = 0;
  while (const skein::Batch batch = host.ask()) {
    ++batches;
    for (std::size_t next = 0; next < batch.size() || !farm.is_idle();) {
      if (next < batch.size() && farm.has_room()) {
        farm.submit(next, batch.numbers(next));
        ++next;
      } else {
        farm.deliver(batch);
      }
    }
  }
  const skein::Result result = make_result(*job, run);
  std::cout << "evaluations: " << result.evaluations << ", batches: " << (batches > 61 ? "more than 61" : "61")
            << ", best below 1e-3: " << (result.best_quality.value_or(1.0) < 1e-3 ? "yes" : "no") << '\n';
  return run.state() == skein::RunState::finished && result.best_quality.value_or(1.0) < 1e-3 ? 0 : 1;
}
