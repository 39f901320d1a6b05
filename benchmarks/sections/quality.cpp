#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "benchmarks/contenders/pagmo.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/objectives/shifted.hpp"
#include "benchmarks/sections/best_values.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/json.hpp"

namespace skein::bench {
namespace {

constexpr std::size_t particles = 50;

/// A configuration of Skein: an algorithm, and its parameters and slots as JSON.
struct Configuration {
  std::string name;
  std::string algorithm;
  std::string parameters;
  std::string slots;
};

const std::vector<Configuration>& configurations() {
  const auto informed = [](const std::string& rest) {
    return R"("particle_updater": "fully_informed_updater", )" + rest;
  };
  static const std::vector<Configuration> all = {
      {"`particle_swarm`, as it comes", "particle_swarm", "", ""},
      {"`particle_swarm`, fully_connected", "particle_swarm", "", R"("topology_initializer": "fully_connected")"},
      {"`particle_swarm`, ring", "particle_swarm", "", R"("topology_initializer": "ring")"},
      {"`particle_swarm`, ring of radius 2", "particle_swarm", "",
       R"("topology_initializer": {"operator": "ring", "parameters": {"radius": 2}})"},
      {"`particle_swarm`, random_distinct", "particle_swarm", "", R"("topology_initializer": "random_distinct")"},
      {"`particle_swarm`, spso_random + adaptive_random", "particle_swarm", "",
       R"("topology_initializer": "spso_random", "topology_updater": "adaptive_random")"},
      {"`particle_swarm`, multi_swarm", "particle_swarm", "",
       R"("topology_initializer": "fully_connected", "topology_updater": "multi_swarm")"},
      {"`particle_swarm`, reflected at bounds", "particle_swarm", "", R"("bounds_handling": "reflect_and_reverse")"},
      {"`spso_2007`, as it comes", "spso_2007", "", ""},
      {"`spso_2007`, fully_connected", "spso_2007", "",
       R"("topology_initializer": "fully_connected", "topology_updater": null)"},
      {"`spso_2011`, as it comes", "spso_2011", "", ""},
      {"`spso_2011`, fully_connected", "spso_2011", "",
       R"("topology_initializer": "fully_connected", "topology_updater": null)"},
      {"`fully_informed_swarm`, as it comes", "fully_informed_swarm", "", ""},
      {"fully informed, von_neumann", "particle_swarm", "", informed(R"("topology_initializer": "von_neumann")")},
      {"fully informed, ring of radius 2", "particle_swarm", "",
       informed(R"("topology_initializer": {"operator": "ring", "parameters": {"radius": 2}})")},
      {"fully informed, random_distinct, k = 4", "particle_swarm", "",
       informed(R"("topology_initializer": {"operator": "random_distinct", "parameters": {"k": 4}})")},
      {"comprehensive learning, inertia 0.9 to 0.4", "particle_swarm", R"(, "inertia": 0.9)",
       R"("particle_updater": "comprehensive_learning_updater", "inertia_updater": "linear_schedule")"},
      {"bare bones, ring", "particle_swarm", "",
       R"("particle_updater": "bare_bones_updater", "topology_initializer": "ring")"}};
  return all;
}

std::string numbers_text(const std::vector<double>& numbers) {
  return write_json(Value(List(numbers.begin(), numbers.end())), JsonLayout::one_line);
}

std::string document_of(const Configuration& configuration, const ShiftedObjective& shifted, std::size_t iterations) {
  return R"({"format": "skein/1", "run": "quality", "algorithm": {"name": ")" + configuration.algorithm +
         R"(", "parameters": {"swarm_size": )" + std::to_string(particles) + configuration.parameters +
         R"(}, "slots": {)" + configuration.slots + R"(}}, "problem": {"name": ")" +
         std::string(facts_of(shifted.objective).name) + R"(", "dimension": )" + std::to_string(shifted.shift.size()) +
         R"(, "parameters": {"lower": )" + numbers_text({shifted.lower}) + R"(, "upper": )" +
         numbers_text({shifted.upper}) + R"(}, "transform": [{"shift": )" + numbers_text(shifted.shift) +
         R"(}]}, "stop": {"iterations": )" + std::to_string(iterations) + "}}";
}

struct Row {
  std::vector<std::string> cells;
  std::vector<double> medians;

  void add(const std::vector<double>& values) {
    cells.push_back(quartiles_text(values));
    medians.push_back(median(values));
  }
};

/// Best peer: pagmo2's fully informed swarm on a von Neumann grid, the same functions.
bool reaches_best_peer(const std::vector<double>& medians) {
  const std::vector<double> goals = {1e300, 13.5, 21.2, 1e-12, 4e-15};
  for (std::size_t i = 0; i < goals.size(); ++i) {
    if (!(medians[i] <= goals[i])) return false;
  }
  return true;
}

}  // namespace

void measure_quality(Bench& bench) {
  const std::vector<ShiftedObjective> objectives = shifted_objectives();
  const std::size_t iterations = bench.smoke() ? 20 : 1999;
  const std::size_t seeds = bench.smoke() ? 1 : 25;
  std::vector<std::string> heading = {"median [quartiles]"};
  for (const ShiftedObjective& objective : objectives) heading.emplace_back(facts_of(objective.objective).name);
  Table table(heading);
  std::vector<std::string> reaching;
  const auto fill = [&](const std::string& name, const auto& values_of) {
    Row row{{name}, {}};
    for (const ShiftedObjective& objective : objectives) {
      bench.progress(name + ", " + std::string(facts_of(objective.objective).name));
      row.add(values_of(objective));
    }
    table.add(row.cells);
    if (reaches_best_peer(row.medians)) reaching.push_back(name);
  };
  for (const Configuration& configuration : configurations()) {
    fill(configuration.name, [&](const ShiftedObjective& objective) {
      return best_values(document_of(configuration, objective, iterations), seeds);
    });
  }
  if (*pagmo_version() != '\0') {
    for (const auto& [name, algorithm] :
         {std::pair{"pso, as it comes", PagmoAlgorithm::pso},
          std::pair{"pso, fully informed, von Neumann", PagmoAlgorithm::pso_informed}}) {
      fill("pagmo2 " + std::string(pagmo_version()) + " " + name,
           [&, chosen = algorithm](const ShiftedObjective& objective) {
             return pagmo_values(chosen, objective, particles, iterations, seeds);
           });
    }
  }
  std::printf("Best value after %zu evaluations of shifted functions in 30 dimensions, %zu seeds.\n",
              particles * (iterations + 1), seeds);
  table.print();
  for (const std::string& name : reaching) {
    std::printf("At or below the best peer on all functions at once: %s.\n", name.c_str());
  }
  bench.progress("published figures");
  compare_with_published_figures(bench.smoke());
  bench.progress("defaults");
  compare_with_heuristiclab(bench.smoke());
}

}  // namespace skein::bench
