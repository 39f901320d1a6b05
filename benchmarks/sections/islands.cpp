#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "benchmarks/measure/rank_sum.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/objectives/shifted.hpp"
#include "benchmarks/sections/best_values.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/json.hpp"
#include "skein/value.hpp"

namespace skein::bench {
namespace {

/// An algorithm of so many particles in all.
struct Configuration {
  std::string name;
  std::size_t particles = 0;
  std::string algorithm;
  std::string parameters;
  std::string slots;
};

Configuration single(std::size_t particles) {
  return {"one swarm", particles, "particle_swarm", R"("swarm_size": )" + std::to_string(particles), ""};
}

Configuration islands(std::size_t count, std::size_t particles, std::size_t interval, const std::string& topology) {
  const std::string every = interval == 0 ? "no migration" : topology + ", every " + std::to_string(interval);
  return {std::to_string(count) + " islands, " + every, particles, "island_particle_swarm",
          R"("islands": )" + std::to_string(count) + R"(, "island_size": )" + std::to_string(particles / count) +
              R"(, "migration_interval": )" + std::to_string(interval),
          R"("migration_topology": ")" + topology + "\""};
}

/// One swarm, and what it is compared with.
std::vector<std::vector<Configuration>> comparisons() {
  std::vector<std::vector<Configuration>> all;
  for (const std::size_t particles : {40U, 80U}) {
    std::vector<Configuration> group = {single(particles),
                                        islands(4, particles, 0, "ring"),
                                        islands(4, particles, 10, "ring"),
                                        islands(4, particles, 25, "ring"),
                                        islands(4, particles, 100, "ring"),
                                        islands(4, particles, 25, "random_distinct"),
                                        islands(4, particles, 25, "fully_connected"),
                                        islands(8, particles, 25, "ring")};
    all.push_back(std::move(group));
  }
  return all;
}

std::string document_of(const Configuration& configuration, const ShiftedObjective& shifted, std::size_t evaluations) {
  const auto numbers = [](const std::vector<double>& values) {
    return write_json(Value(List(values.begin(), values.end())), JsonLayout::one_line);
  };
  return R"({"format": "skein/1", "run": "islands", "algorithm": {"name": ")" + configuration.algorithm +
         R"(", "parameters": {)" + configuration.parameters + R"(}, "slots": {)" + configuration.slots +
         R"(}}, "problem": {"name": ")" + std::string(facts_of(shifted.objective).name) + R"(", "dimension": )" +
         std::to_string(shifted.shift.size()) + R"(, "parameters": {"lower": )" + numbers({shifted.lower}) +
         R"(, "upper": )" + numbers({shifted.upper}) + R"(}, "transform": [{"shift": )" + numbers(shifted.shift) +
         R"(}]}, "stop": {"iterations": )" + std::to_string(evaluations) + R"(, "evaluations": )" +
         std::to_string(evaluations) + "}}";
}

std::string text_of(double number) {
  char text[40];
  std::snprintf(text, sizeof text, "%.2g", number);
  return text;
}

}  // namespace

void measure_islands(Bench& bench) {
  const std::size_t evaluations = bench.smoke() ? 2000 : 100'000;
  const std::size_t seeds = bench.smoke() ? 1 : 25;
  const std::vector<ShiftedObjective> objectives = shifted_objectives();
  const auto rastrigin = std::ranges::find(objectives, Objective::rastrigin, &ShiftedObjective::objective);
  if (rastrigin == objectives.end()) return bench.fail("there is no shifted rastrigin");
  Table table({"particles", "`particle_swarm` and `island_particle_swarm`", "median [quartiles]", "p"});
  for (const std::vector<Configuration>& group : comparisons()) {
    std::vector<double> reference;
    for (const Configuration& configuration : group) {
      bench.progress(configuration.name);
      const std::vector<double> values = best_values(document_of(configuration, *rastrigin, evaluations), seeds);
      const bool is_first = reference.empty();
      if (is_first) reference = values;
      table.add({std::to_string(configuration.particles), configuration.name, quartiles_text(values),
                 is_first ? "–" : text_of(rank_sum_p(values, reference))});
    }
  }
  std::printf(
      "Best value after %zu evaluations of shifted rastrigin in 30 dimensions, %zu seeds; p of the rank sum test "
      "against one swarm of as many particles.\n",
      evaluations, seeds);
  table.print();
}

}  // namespace skein::bench
