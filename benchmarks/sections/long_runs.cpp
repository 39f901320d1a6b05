#include <cstdio>
#include <stdexcept>
#include <string>

#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/builtin_plugins.hpp"
#include "skein/session.hpp"

namespace skein::bench {
namespace {

Result long_run(const Session& session, std::size_t iterations) {
  const std::string text =
      R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_particle_swarm", "parameters": {"swarm_size": 50},
      "slots": {"analyzer": {"quality": "best_average_worst_quality", "solution": "best_solution",
      "diversity": "swarm_diversity", "velocity": "velocity_norm", "age": "personal_best_age",
      "values": "schedule_values"}}}, "problem": {"name": "rastrigin", "dimension": 10}, "memory": {"limit_mb": 4000},
      "stop": {"iterations": )" +
      std::to_string(iterations) + "}}";
  Diagnostics diagnostics;
  const auto document = session.read_run(text, "long.json", diagnostics);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (!job) throw std::runtime_error("the long run is wrong: " + to_text(diagnostics.items().front()));
  Run run(job->plan, job->options);
  run.advance();
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
  Table table({"iterations", "after the first evaluation, MiB", "at the end, MiB", "peak, MiB", "alerts", "seconds"});
  double first = 0;
  for (const std::size_t iterations : {10'000U, 100'000U, 1'000'000U}) {
    if (bench.smoke() && iterations > 10'000) break;
    const std::string name = std::to_string(iterations);
    bench.progress(name);
    const Result result = long_run(session, iterations);
    const auto number = [&](const char* key) { return result.memory.find(key)->number(); };
    table.add({name, fixed(number("base_mb")), fixed(number("current_mb")), fixed(number("peak_mb")),
               fixed(number("memory_alerts_count")), fixed(result.wall_seconds)});
    if (first == 0) first = number("current_mb");
    bench.at_most("growth of a long run since 10000 iterations", 1, " MiB", number("current_mb") - first, name);
    if (number("memory_alerts_count") != 0) bench.fail("a run of " + name + " iterations raised an alert");
  }
  std::puts("Resident memory of runs of `memory_efficient_particle_swarm`, 50 × 10, with all its histories.");
  table.print();
}

}  // namespace skein::bench
