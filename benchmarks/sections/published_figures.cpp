// Clerc's figures for his standard swarms, and HeuristicLab's default beside ours.
#include <cmath>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/best_values.hpp"

namespace skein::bench {
namespace {

/// Tripod (Gacogne 2002) as an expression: 0 at (0, -50), and two more hollows.
constexpr const char* tripod =
    R"json("expression", "dimension": 2, "parameters": {"lower": -100, "upper": 100, "objective": "(x[1] >= 0 ? 1 : 0) * (1 + (x[0] >= 0 ? 1 : 0)) + abs(x[0] + 50 * (x[1] >= 0 ? 1 : 0) * (1 - 2 * (x[0] >= 0 ? 1 : 0))) + abs(x[1] + 50 * (1 - 2 * (x[1] >= 0 ? 1 : 0)))"})json";

struct Published {
  const char* name;
  const char* algorithm;
  int particles;
  std::string problem;
  int evaluations;
  const char* figure;
  bool success_rate;
};

std::string symmetric(const char* name, int bound) {
  return '"' + std::string(name) + R"(", "dimension": 30, "parameters": {"lower": -)" + std::to_string(bound) +
         R"(, "upper": )" + std::to_string(bound) + "}";
}

std::string document_of(const Published& row, bool asynchronous, int evaluations) {
  return R"({"format": "skein/1", "run": "published", "algorithm": {"name": ")" + std::string(row.algorithm) +
         R"(", "parameters": {"swarm_size": )" + std::to_string(row.particles) + R"(, "asynchronous": )" +
         (asynchronous ? "true" : "false") + R"(}}, "problem": {"name": )" + row.problem +
         R"(}, "stop": {"iterations": 1000000, "evaluations": )" + std::to_string(evaluations) + "}}";
}

/// A mean or a share of successes, with its standard error.
std::string figure_text(const std::vector<double>& values, bool success_rate) {
  const double count = static_cast<double>(values.size());
  char text[80];
  if (success_rate) {
    double successes = 0;
    for (const double value : values) successes += value < 1e-4 ? 1 : 0;
    const double rate = successes / count;
    std::snprintf(text, sizeof text, "%.1f %% ± %.1f", 100 * rate, 100 * std::sqrt(rate * (1 - rate) / count));
    return text;
  }
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  std::snprintf(text, sizeof text, "%.3g ± %.2g", mean, std::sqrt(squares / (count - 1) / count));
  return text;
}

}  // namespace

void compare_with_published_figures(bool smoke) {
  const std::vector<Published> rows = {
      {"SPSO 2007, Parabola", "spso_2007", 20, symmetric("sphere", 100), 6000, "0.69", false},
      {"SPSO 2007, Griewank", "spso_2007", 20, symmetric("griewank", 100), 9000, "14 %", true},
      {"SPSO 2007, Rosenbrock", "spso_2007", 20, symmetric("rosenbrock", 10), 40000, "38.7", false},
      {"SPSO 2007, Rastrigin", "spso_2007", 20, symmetric("rastrigin", 10), 40000, "54.8", false},
      {"SPSO 2011, Tripod", "spso_2011", 40, tripod, 10000, "75 to 79 %", true}};
  Table table({"swarm, function", "evaluations", "published", "one after another", "all at once"});
  const std::size_t seeds = smoke ? 3 : 400;
  for (const Published& row : rows) {
    const int evaluations = smoke ? 200 : row.evaluations;
    table.add({row.name, std::to_string(row.evaluations), row.figure,
               figure_text(best_values(document_of(row, true, evaluations), seeds), row.success_rate),
               figure_text(best_values(document_of(row, false, evaluations), seeds), row.success_rate)});
  }
  std::printf(
      "\nPublished figures (Clerc): means, or shares of runs below 1e-4, of 100 runs; ours of %zu, with standard "
      "errors.\n",
      seeds);
  table.print();
}

void compare_with_heuristiclab(bool smoke) {
  struct Configuration {
    const char* name;
    const char* algorithm;
  };
  const std::vector<Configuration> configurations = {
      {"`spso_2011`, everybody informs everybody (HeuristicLab's default)",
       R"("spso_2011", "slots": {"topology_initializer": "fully_connected", "topology_updater": null})"},
      {"`spso_2011`, as it comes", R"("spso_2011")"},
      {"`particle_swarm`, everybody informs everybody",
       R"("particle_swarm", "slots": {"topology_initializer": "fully_connected"})"},
      {"`particle_swarm`, as it comes", R"("particle_swarm")"},
      {"`fully_informed_swarm`, as it comes", R"("fully_informed_swarm")"}};
  const std::vector<const char*> problems = {"sphere", "rastrigin", "rosenbrock", "griewank"};
  const std::size_t seeds = smoke ? 1 : 15;
  Table table({"median [quartiles]", "sphere", "rastrigin", "rosenbrock", "griewank"});
  table.add({"HeuristicLab's default, measured there", "1.1e-04", "74.6", "28.3", "0.126"});
  table.add({"HeuristicLab with random informants, measured there", "1.3e-28", "25.9", "26.6", "1e-13"});
  for (const Configuration& configuration : configurations) {
    std::vector<std::string> cells = {configuration.name};
    for (const char* problem : problems) {
      cells.push_back(quartiles_text(best_values(
          R"({"format": "skein/1", "run": "defaults", "algorithm": {"parameters": {"swarm_size": 50}, "name": )" +
              std::string(configuration.algorithm) + R"(}, "problem": {"name": ")" + problem +
              R"(", "dimension": 30}, "stop": {"iterations": )" + (smoke ? "20" : "1000") + "}}",
          seeds)));
    }
    table.add(cells);
  }
  std::printf("\n50 particles, 1000 iterations, 30 dimensions, the functions' own bounds, %zu seeds.\n", seeds);
  table.print();
}

}  // namespace skein::bench
