// What it costs a host to have a run in its hands: steps, ask and tell, a profile.
#include <cstdio>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/stopwatch.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/ask_tell.hpp"
#include "skein/host_problem.hpp"

namespace skein::bench {
namespace {

constexpr std::size_t dimension = 30;

double sum_of_squares(std::span<const double> point) {
  double sum = 0.0;
  for (const double x : point) sum += x * x;
  return sum;
}

/// The particle swarm as it comes on the sum of squares, whose values the host tells, or a function computes by tiles.
Job host_job(std::size_t particles, std::uint64_t iterations, bool is_told) {
  HostProblem problem;
  problem.name = "host";
  problem.dimension = dimension;
  problem.lower = {-1.0};
  problem.upper = {1.0};
  if (!is_told) {
    problem.tile_objective = [](const SolutionTile& tile, std::span<double> values, std::span<double>) {
      for (std::size_t i = 0; i < tile.size(); ++i) values[i] = sum_of_squares(tile.numbers(i));
    };
  }
  RunDocument document;
  document.algorithm.name = "particle_swarm";
  document.algorithm.parameters = {{"swarm_size", {}, Value(static_cast<std::int64_t>(particles))}};
  document.stop.iterations = iterations;
  Diagnostics diagnostics;
  const Session session = full_session(true);
  auto job = session.prepare(document, make_problem(std::move(problem), diagnostics), diagnostics);
  if (!job) throw std::runtime_error(to_text(diagnostics.items().front()));
  job->options.threads = 1;
  return *std::move(job);
}

void check(const Run& run) {
  if (run.state() != RunState::finished) throw std::runtime_error("the run did not come to its end");
}

/// Seconds of a whole run, without the time to make it.
template <class GoOn>
double timed(const Job& job, GoOn&& go_on) {
  Run run(job.plan, job.options);
  const Stopwatch stopwatch(Clock::processor);
  go_on(run);
  const double seconds = stopwatch.seconds();
  check(run);
  return seconds;
}

double run_through(const Job& job) {
  return timed(job, [](Run& run) { run.advance(); });
}

double run_by_iterations(const Job& job) {
  return timed(job, [](Run& run) {
    while (run.advance_iterations() == RunState::ready) continue;
  });
}

double ask_and_tell(const Job& job) {
  return timed(job, [&job](Run& run) {
    AskTell host(run, job);
    while (const Batch batch = host.ask()) {
      for (std::size_t i = 0; i < batch.size(); ++i) batch.tell(i, sum_of_squares(batch.numbers(i)));
    }
  });
}

/// Microseconds per iteration.
Contender per_iteration(double (*run)(const Job&), Job job, std::uint64_t iterations) {
  return [run, job = std::move(job), iterations] { return run(job) * 1e6 / static_cast<double>(iterations + 1); };
}

void measure_steps(Bench& bench, Table& table) {
  const std::uint64_t iterations = bench.smoke() ? 20 : 20'000;
  bench.progress("steps");
  const Job job = host_job(50, iterations, false);
  const std::vector<Samples> samples =
      interleave({per_iteration(&run_through, job, iterations), per_iteration(&run_by_iterations, job, iterations)},
                 bench.smoke() ? 1 : 15);
  const Samples cost = differences(samples[1], samples[0]);
  table.add({"50 × 30, step by step", to_text(samples[0]), to_text(samples[1]), to_text(cost)});
  bench.at_most("stepping by iteration, per step, over a run", 1.0, " µs", cost.median(), "50 × 30");
}

/// What asking and telling adds to an iteration, in microseconds.
double measure_batches(Bench& bench, Table& table, std::size_t particles, std::uint64_t iterations) {
  bench.progress("ask and tell, " + std::to_string(particles));
  const std::vector<Samples> samples =
      interleave({per_iteration(&run_through, host_job(particles, iterations, false), iterations),
                  per_iteration(&ask_and_tell, host_job(particles, iterations, true), iterations)},
                 bench.smoke() ? 1 : 15);
  const Samples cost = differences(samples[1], samples[0]);
  table.add(
      {std::to_string(particles) + " × 30, ask and tell", to_text(samples[0]), to_text(samples[1]), to_text(cost)});
  return cost.median();
}

void measure_profile(Bench& bench) {
  SkeinSetup setup;
  setup.is_built_in = true;
  setup.particles = 1000;
  setup.dimension = 100;
  const std::uint64_t iterations = bench.smoke() ? 5 : 400;
  const Job plain = skein_job(setup, iterations);
  Job profiled = plain;
  profiled.options.profile = true;
  bench.progress("profile");
  Job by_one = plain;
  by_one.options.threads = profiled.options.threads = 1;
  const std::vector<Samples> samples =
      interleave({per_iteration(&run_through, by_one, iterations), per_iteration(&run_through, profiled, iterations)},
                 bench.smoke() ? 1 : 31);
  const Samples times = ratios(samples[1], samples[0]);
  Table table({"1000 × 100 sphere", "µs per iteration", "×"});
  table.add({"as it is", to_text(samples[0]), ""});
  table.add({"with a profile", to_text(samples[1]), to_text(times)});
  table.print();
  bench.at_most("a run with a profile against one without", 1.02, " ×", times.median(), "1000 × 100 sphere");
}

}  // namespace

void measure_embedding(Bench& bench) {
  Table table({"what", "run, µs per iteration", "by the host, µs per iteration", "more, µs"});
  measure_steps(bench, table);
  const std::size_t few = 10;
  const std::size_t many = 1000;
  const double cost_of_few = measure_batches(bench, table, few, bench.smoke() ? 20 : 20'000);
  const double cost_of_many = measure_batches(bench, table, many, bench.smoke() ? 5 : 1000);
  table.print();
  const double per_solution = (cost_of_many - cost_of_few) / static_cast<double>(many - few);
  const double per_batch = cost_of_few - per_solution * static_cast<double>(few);
  std::printf("Ask and tell costs %.2f µs per batch and %.1f ns per solution.\n", per_batch, per_solution * 1e3);
  bench.at_most("ask and tell, per batch", 2.0, " µs", per_batch, "from 10 and 1000 solutions");
  bench.at_most("ask and tell, per solution in 30 dimensions", 20.0, " ns", per_solution * 1e3,
                "from 10 and 1000 solutions");
  measure_profile(bench);
}

}  // namespace skein::bench
