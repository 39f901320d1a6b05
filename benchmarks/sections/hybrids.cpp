#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "benchmarks/measure/table.hpp"
#include "benchmarks/objectives/shifted.hpp"
#include "benchmarks/sections/best_values.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/json.hpp"

namespace skein::bench {
namespace {

constexpr double solved = 1e-8;

struct Algorithm {
  std::string name;
  std::string parameters;  ///< as JSON, with braces
};

std::string numbers_text(const std::vector<double>& numbers) {
  return write_json(Value(List(numbers.begin(), numbers.end())), JsonLayout::one_line);
}

std::string document_of(const Algorithm& algorithm, const ShiftedObjective& shifted, const std::string& stop) {
  return R"({"format": "skein/1", "run": "hybrids", "algorithm": {"name": ")" + algorithm.name +
         R"(", "parameters": )" + algorithm.parameters + R"(}, "problem": {"name": ")" +
         std::string(facts_of(shifted.objective).name) + R"(", "dimension": )" + std::to_string(shifted.shift.size()) +
         R"(, "parameters": {"lower": )" + numbers_text({shifted.lower}) + R"(, "upper": )" +
         numbers_text({shifted.upper}) + R"(}, "transform": [{"shift": )" + numbers_text(shifted.shift) +
         R"(}]}, "stop": )" + stop + "}";
}

std::size_t count_solved(const std::vector<double>& values) {
  return static_cast<std::size_t>(std::ranges::count_if(values, [](double value) { return value <= solved; }));
}

std::vector<std::string> heading(const std::string& first) {
  std::vector<std::string> names = {first};
  for (const ShiftedObjective& objective : shifted_objectives()) names.emplace_back(facts_of(objective.objective).name);
  return names;
}

void compare_hybrids(Bench& bench, std::size_t evaluations, std::size_t seeds) {
  Table table(heading("median [quartiles], seeds at 1e-8"));
  const std::string stop = R"({"iterations": 1000000, "evaluations": )" + std::to_string(evaluations) + "}";
  for (const Algorithm& algorithm :
       {Algorithm{"differential_evolution_then_local_search", "{}"},
        Algorithm{"particle_swarm_then_local_search", "{}"}, Algorithm{"memetic_particle_swarm", "{}"},
        Algorithm{"particle_swarm", "{}"}, Algorithm{"differential_evolution", "{}"}}) {
    std::vector<std::string> cells = {"`" + algorithm.name + "`"};
    for (const ShiftedObjective& objective : shifted_objectives()) {
      bench.progress(algorithm.name + ", " + std::string(facts_of(objective.objective).name));
      const std::vector<double> values = best_values(document_of(algorithm, objective, stop), seeds);
      cells.push_back(quartiles_text(values) + ", " + std::to_string(count_solved(values)));
    }
    table.add(cells);
  }
  std::printf(
      "Best value after %zu evaluations of shifted functions in 30 dimensions, %zu seeds, everything as it comes.\n",
      evaluations, seeds);
  table.print();
}

void check_differential_evolution(Bench& bench, std::size_t evaluations, std::size_t seeds) {
  Table table(heading("seeds at 1e-8"));
  const Algorithm algorithm{"differential_evolution",
                            R"({"population_size": 100, "scale_factor": 0.5, "crossover_rate": 0.9})"};
  const std::string stop =
      R"({"iterations": 1000000, "target": 1e-8, "evaluations": )" + std::to_string(evaluations) + "}";
  std::vector<std::string> cells = {"DE/rand/1/bin, 100 individuals, F 0.5, CR 0.9"};
  for (const ShiftedObjective& objective : shifted_objectives()) {
    bench.progress("differential evolution, " + std::string(facts_of(objective.objective).name));
    cells.push_back(std::to_string(count_solved(best_values(document_of(algorithm, objective, stop), seeds))));
  }
  table.add(cells);
  std::printf("\nRuns of %zu that reach 1e-8 within %zu evaluations.\n", seeds, evaluations);
  table.print();
}

}  // namespace

void measure_hybrids(Bench& bench) {
  const std::size_t seeds = bench.smoke() ? 1 : 25;
  compare_hybrids(bench, bench.smoke() ? 20'000 : 100'000, seeds);
  check_differential_evolution(bench, bench.smoke() ? 2'000 : 300'000, seeds);
}

}  // namespace skein::bench
