#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/builtin_plugins.hpp"
#include "skein/leak_detector.hpp"
#include "skein/memory_config.hpp"
#include "skein/memory_tracker.hpp"
#include "skein/session.hpp"

namespace skein::bench {
namespace {

/// A swarm of 50 in 10 dimensions with all the histories that go with it.
struct LongRun {
  const char* name;
  const char* algorithm;
  const char* problem;
  const char* analyzers;
};

constexpr LongRun long_runs[] = {
    {"`memory_efficient_particle_swarm` on rastrigin", "memory_efficient_particle_swarm", "rastrigin",
     R"("quality": "best_average_worst_quality", "solution": "best_solution", "diversity": "swarm_diversity",
        "velocity": "velocity_norm", "age": "personal_best_age", "values": "schedule_values")"},
    {"`memory_efficient_multi_objective_particle_swarm` on zdt1", "memory_efficient_multi_objective_particle_swarm",
     "zdt1", R"("quality": "best_average_worst_quality", "solution": "best_solution", "volume": "hypervolume")"}};

/// The run of a document, on one thread.
Job prepared(const Session& session, const std::string& text) {
  Diagnostics diagnostics;
  const auto document = session.read_run(text, "long.json", diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (!job) throw std::runtime_error("the long run is wrong: " + to_text(diagnostics.items().front()));
  job->options.threads = 1;
  return *std::move(job);
}

/// Runs that far, and reads on the way what the process uses after the first `early` iterations.
Result run_for(const Session& session, const LongRun& kind, std::size_t iterations, std::size_t early,
               std::int64_t& early_bytes, std::int64_t& bytes) {
  const std::string text = R"({"format": "skein/1", "algorithm": {"name": ")" + std::string(kind.algorithm) +
                           R"(", "parameters": {"swarm_size": 50}, "slots": {"analyzer": {)" + kind.analyzers +
                           R"(}}}, "problem": {"name": ")" + kind.problem +
                           R"(", "dimension": 10}, "memory": {"limit_mb": 4000}, "stop": {"iterations": )" +
                           std::to_string(iterations) + "}}";
  const Job job = prepared(session, text);
  Run run(job.plan, job.options);
  run.advance_iterations(early);
  early_bytes = read_process_memory().resident;
  run.advance();
  bytes = read_process_memory().resident;
  return make_result(job, run);
}

std::string fixed(double number) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", number);
  return text;
}

/// What a run takes after its first tenth, and how often what it takes grew steadily.
struct Growth {
  std::int64_t iterations = 0;
  std::int64_t bytes = 0;
  std::size_t alerts = 0;
  double seconds = 0;
};

/// Looks for leaks as the operator `track_memory` does, from outside: any algorithm can be looked at so.
Growth growth_of(const Session& session, const std::string& algorithm, std::size_t iterations) {
  const bool has_front = algorithm.find("multi_objective") != std::string::npos;
  const std::string text = R"({"format": "skein/1", "algorithm": ")" + algorithm + R"(", "problem": {"name": ")" +
                           (has_front ? "zdt1" : "rastrigin") + R"(", "dimension": 10}, "stop": {"iterations": )" +
                           std::to_string(iterations) + "}}";
  const Job job = prepared(session, text);
  Run run(job.plan, job.options);
  const MemoryConfig usual;
  LeakDetector detector(static_cast<std::size_t>(usual.leak_window));
  Growth growth;
  // Written before the run begins, so that it does not grow on the way.
  std::vector<std::int64_t> sizes(iterations / static_cast<std::size_t>(usual.memory_check_frequency) + 1, 1);
  std::size_t checks = 0;
  bool leaks = false;
  while (run.advance_iterations(static_cast<std::uint64_t>(usual.memory_check_frequency)) == RunState::ready) {
    sizes.at(checks) = read_process_memory().resident;
    detector.add(static_cast<std::int64_t>(checks) * usual.memory_check_frequency, sizes[checks]);
    const bool leaked = std::exchange(leaks, detector.leaks(usual.leak_slope_kb * 1024));
    if (leaks && !leaked) ++growth.alerts;
    ++checks;
  }
  if (checks > 0) growth.bytes = sizes[checks - 1] - sizes[checks / 10];
  const Result result = make_result(job, run);
  growth.iterations = result.iterations;
  growth.seconds = result.wall_seconds;
  return growth;
}

void measure_all_algorithms(Bench& bench, const Session& session) {
  Table table({"algorithm", "iterations", "growth, KiB", "alerts", "seconds"});
  for (const auto& registered : session.registry().graphs()) {
    if (!is_algorithm(*registered.content)) continue;
    const std::string& name = registered.content->name;
    bench.progress(name);
    const Growth growth = growth_of(session, name, bench.smoke() ? 1000 : 100'000);
    table.add({"`" + name + "`", std::to_string(growth.iterations), fixed(static_cast<double>(growth.bytes) / 1024),
               std::to_string(growth.alerts), fixed(growth.seconds)});
    if (growth.alerts != 0) bench.fail(name + " raised an alert of a leak");
  }
  std::puts("\nEvery shipped algorithm as it stands, in 10 dimensions: growth from the end of its first tenth on.");
  table.print();
}

}  // namespace

void measure_long_runs(Bench& bench) {
  Session session;
  Diagnostics diagnostics;
  session.load_plugins(builtin_plugins(), diagnostics);
  constexpr std::size_t early = 10'000;
  Table table({"run", "iterations", "after 10000, MiB", "at the end, MiB", "growth, KiB", "alerts", "seconds"});
  for (const LongRun& kind : long_runs) {
    for (const std::size_t iterations : {100'000U, 1'000'000U}) {
      if (bench.smoke() && iterations > 100'000) break;
      const std::string name = std::to_string(iterations);
      bench.progress(std::string(kind.algorithm) + ", " + name);
      std::int64_t early_bytes = 0;
      std::int64_t bytes = 0;
      const Result result = run_for(session, kind, bench.smoke() ? 2 * early : iterations, early, early_bytes, bytes);
      const double growth = static_cast<double>(bytes - early_bytes);
      const double alerts = result.memory.find("memory_alerts_count")->number();
      table.add({kind.name, name, fixed(static_cast<double>(early_bytes) / mebibyte),
                 fixed(static_cast<double>(bytes) / mebibyte), fixed(growth / 1024), fixed(alerts),
                 fixed(result.wall_seconds)});
      bench.at_most("growth of a long run since 10000 iterations", 1, " MiB", growth / mebibyte,
                    std::string(kind.algorithm) + ", " + name);
      if (alerts != 0) bench.fail("a run of " + name + " iterations raised an alert");
    }
  }
  std::puts(
      "Resident memory of the process, 50 × 10, one thread, with all histories; the archive holds 100 solutions.");
  table.print();
  measure_all_algorithms(bench, session);
}

}  // namespace skein::bench
