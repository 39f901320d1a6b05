#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/stopwatch.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/session.hpp"

namespace skein::bench {
namespace {

/// A configuration of `particle_swarm`, as JSON.
struct Configuration {
  std::string name;
  std::string inertia;
  std::string attraction;
  std::string slots;
  bool has_goals = false;
};

const std::vector<Configuration>& configurations() {
  static const std::string all = R"("topology_initializer": "fully_connected")";
  static const std::vector<Configuration> made = {
      {"inertia 0.721, attractions 1.193, fully_connected", "0.721", "1.193", all, true},
      {"inertia 0.65, attractions 1.3, fully_connected", "0.65", "1.3", all},
      {"fully_connected", "0.7298", "1.49618", all},
      {"inertia 0.721, attractions 1.193", "0.721", "1.193", ""},
      {"as it comes", "0.7298", "1.49618", ""},
      {"fully informed, von_neumann", "0.7298", "1.49618", R"("particle_updater": "fully_informed_updater")"}};
  return made;
}

struct Tunings {
  std::vector<double> costs;  ///< ascending
  double seconds = 0.0;       ///< of processor time, of the slowest one
};

Tunings tune(const Configuration& configuration, const std::string& problem, std::size_t seeds) {
  static const Session session = full_session(true);
  const std::string text =
      R"({"format": "skein/1", "algorithm": {"name": "particle_swarm", "parameters": {"inertia": )" +
      configuration.inertia + R"(, "personal_best_attraction": )" + configuration.attraction +
      R"(, "neighbor_best_attraction": )" + configuration.attraction + R"(}, "slots": {)" + configuration.slots +
      R"(}}, "problem": {"name": "controller_tuning", "parameters": {)" + problem +
      R"(}}, "stop": {"iterations": 200}})";
  Diagnostics diagnostics;
  const auto document = session.read_run(text, "benchmark", diagnostics);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (!job) throw std::runtime_error(to_text(diagnostics.items().front()));
  Tunings found;
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    RunOptions options = job->options;
    options.seed = seed;
    options.threads = 1;
    const Stopwatch stopwatch(Clock::processor);
    Run run(job->plan, options);
    run.advance();
    found.seconds = std::max(found.seconds, stopwatch.seconds());
    found.costs.push_back(make_result(*job, run).best_quality.value());
  }
  std::ranges::sort(found.costs);
  return found;
}

std::string text_of(double number, const char* format) {
  std::array<char, 40> text;
  const int length = std::snprintf(text.data(), text.size(), format, number);
  return {text.data(), static_cast<std::size_t>(length)};
}

/// One law, and what its costs are to be.
struct Law {
  std::string gains;
  std::string parameters;
  double median = 0.0;
  double best = 0.0;
};

}  // namespace

void measure_tuning(Bench& bench) {
  const std::size_t seeds = bench.smoke() ? 1 : 11;
  const std::array<Law, 2> laws = {
      {{"8 gains", "", 0.120, 0.1186}, {"6 gains", R"("cart_terms": false, )", 0.280, 0.272}}};
  Table table({"`particle_swarm`", "gains", "penalty", "median", "best", "worst", "seconds"});
  for (const Configuration& configuration : configurations()) {
    for (const Law& law : laws) {
      for (const std::string penalty : {"graded", "proportional"}) {
        const std::string name = configuration.name + ", " + law.gains;
        bench.progress(name);
        const Tunings found = tune(configuration, law.parameters + R"("penalty": ")" + penalty + R"(")", seeds);
        const double median = found.costs[found.costs.size() / 2];
        table.add({configuration.name, law.gains, penalty, text_of(median, "%.4f"),
                   text_of(found.costs.front(), "%.4f"), text_of(found.costs.back(), "%.4f"),
                   text_of(found.seconds, "%.2f")});
        if (!configuration.has_goals || penalty != "graded") continue;
        bench.at_most("median cost of tuned controllers, " + law.gains, 1e4 * law.median, " · 10⁻⁴", 1e4 * median,
                      configuration.name);
        bench.at_most("best cost of tuned controllers, " + law.gains, 1e4 * law.best, " · 10⁻⁴",
                      1e4 * found.costs.front(), configuration.name);
        bench.at_most("a tuning of 40 particles and 200 iterations", 1.0, " s of processor time", found.seconds, name);
      }
    }
  }
  std::printf("Costs of %zu tunings by 40 particles in 200 iterations, 10 s in Euler steps of 10 ms.\n", seeds);
  table.print();
}

}  // namespace skein::bench
