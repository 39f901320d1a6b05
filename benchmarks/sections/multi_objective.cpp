// Fronts of problems with several objectives: hypervolumes of SMPSO on the ZDT problems.
#include <algorithm>
#include <cstdio>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/best_values.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

struct Configuration {
  const char* name;
  const char* slots;
};

constexpr Configuration configurations[] = {
    {"as it comes", ""},
    {"reversed at bounds", R"("bounds_handling": {"operator": "clamp_and_bounce", "in": {"restitution": 1}})"},
    {"positive constriction", R"("particle_updater": {"operator": "smpso_updater", "parameters": {"reflect": false}})"},
    {"archive by clustering",
     R"("archive_updater": {"operator": "update_archive", "parameters": {"truncation": "clustering"}})"}};

/// Their true front has 0.6667.
constexpr std::string_view with_goal[] = {"zdt1", "zdt4"};

constexpr const char* problems[] = {"zdt1", "zdt2", "zdt3", "zdt4", "zdt6"};

std::vector<double> hypervolumes(const Session& session, const std::string& problem, const char* slots,
                                 std::size_t evaluations, std::size_t seeds) {
  Diagnostics diagnostics;
  const auto read = session.read_run(
      R"({"format": "skein/1", "run": "front", "algorithm": {"name": "multi_objective_particle_swarm", "slots": {)" +
          std::string(slots) + R"(}}, "problem": ")" + problem + R"(", "stop": {"evaluations": )" +
          std::to_string(evaluations) + "}}",
      "benchmark", diagnostics);
  const auto job = read ? session.prepare(*read, diagnostics) : std::nullopt;
  if (!job) throw std::runtime_error(to_text(diagnostics.items().front()));
  std::vector<double> volumes;
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    RunOptions options = job->options;
    options.seed = seed;
    options.threads = 1;
    Run run(job->plan, options);
    run.advance();
    volumes.push_back(make_result(*job, run).front.value().hypervolume.value());
  }
  return volumes;
}

std::string volumes_text(const std::vector<double>& volumes) {
  char text[80];
  const auto [least, greatest] = std::ranges::minmax(volumes);
  std::snprintf(text, sizeof text, "%.4f [%.4f, %.4f]", median(volumes), least, greatest);
  return text;
}

}  // namespace

void measure_multi_objective(Bench& bench) {
  const Session session = full_session(true);
  const std::size_t evaluations = bench.smoke() ? 1000 : 25000;
  const std::size_t seeds = bench.smoke() ? 1 : 25;
  std::vector<std::string> heading = {"median [least, greatest]"};
  heading.insert(heading.end(), std::begin(problems), std::end(problems));
  Table table(heading);
  for (const Configuration& configuration : configurations) {
    std::vector<std::string> cells = {configuration.name};
    for (const char* problem : problems) {
      bench.progress(std::string(configuration.name) + ", " + problem);
      const std::vector<double> volumes = hypervolumes(session, problem, configuration.slots, evaluations, seeds);
      cells.push_back(volumes_text(volumes));
      const bool has_goal =
          &configuration == std::begin(configurations) && std::ranges::find(with_goal, problem) != std::end(with_goal);
      if (!has_goal) continue;
      bench.at_least("median hypervolume of a front on " + std::string(problem), 6600, " · 10⁻⁴", 1e4 * median(volumes),
                     configuration.name);
    }
    table.add(cells);
  }
  std::printf(
      "Hypervolume for the reference point (1, 1) of `multi_objective_particle_swarm` after %zu evaluations, archive "
      "of "
      "100, %zu seeds.\n",
      evaluations, seeds);
  table.print();
}

}  // namespace skein::bench
