#include <cstdio>
#include <stdexcept>
#include <string>

#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/builtin_plugins.hpp"
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

/// Runs that far, and reads on the way what the process uses after the first `early` iterations.
Result run_for(const Session& session, const LongRun& kind, std::size_t iterations, std::size_t early,
               std::int64_t& early_bytes, std::int64_t& bytes) {
  const std::string text = R"({"format": "skein/1", "algorithm": {"name": ")" + std::string(kind.algorithm) +
                           R"(", "parameters": {"swarm_size": 50}, "slots": {"analyzer": {)" + kind.analyzers +
                           R"(}}}, "problem": {"name": ")" + kind.problem +
                           R"(", "dimension": 10}, "memory": {"limit_mb": 4000}, "stop": {"iterations": )" +
                           std::to_string(iterations) + "}}";
  Diagnostics diagnostics;
  const auto document = session.read_run(text, "long.json", diagnostics);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (!job) throw std::runtime_error("the long run is wrong: " + to_text(diagnostics.items().front()));
  RunOptions options = job->options;
  options.threads = 1;
  Run run(job->plan, options);
  run.advance_iterations(early);
  early_bytes = read_process_memory().resident;
  run.advance();
  bytes = read_process_memory().resident;
  return make_result(*job, run);
}

std::string fixed(double number) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", number);
  return text;
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
}

}  // namespace skein::bench
