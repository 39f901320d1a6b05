// Quality of `particle_swarm` with its classic updater: 50 particles, 2000 iterations, 30 dimensions, 25 seeds.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "tests/plugins/plain_swarm.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/plugins/samples.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

constexpr unsigned seeds = 25;

std::vector<double> shipped_values(const std::string& function, double bound) {
  const Session session = full_session();
  const Job job =
      prepared(session, R"({"format": "skein/1", "run": "quality", "algorithm": {"name": "particle_swarm",
      "parameters": {"swarm_size": 50, "inertia": 0.7298, "personal_best_attraction": 1.49618,
      "neighbor_best_attraction": 1.49618}, "slots": {"topology_initializer": "fully_connected",
      "bounds_handling": "clamp_and_stop"}}, "problem": {"name": ")" +
                            function + R"(", "dimension": 30, "parameters": {"lower": )" + std::to_string(-bound) +
                            R"(, "upper": )" + std::to_string(bound) + R"(}}, "stop": {"iterations": 2000}})");
  std::vector<double> values;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    RunOptions options = job.options;
    options.seed = seed;
    options.threads = 1;
    Run run(job.plan, options);
    REQUIRE(run.advance() == RunState::finished);
    values.push_back(make_result(job, run).best_quality.value());
  }
  return values;
}

double rastrigin(const std::vector<double>& x) {
  double sum = 0;
  for (const double value : x) sum += 10.0 + value * value - 10.0 * std::cos(2.0 * std::numbers::pi * value);
  return sum;
}

double rosenbrock(const std::vector<double>& x) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const double valley = x[i + 1] - x[i] * x[i];
    sum += 100.0 * valley * valley + (1.0 - x[i]) * (1.0 - x[i]);
  }
  return sum;
}

std::vector<double> plain_values(double (*function)(const std::vector<double>&), double bound) {
  PlainSettings settings;
  settings.bound = bound;
  std::vector<double> values;
  for (unsigned seed = 1; seed <= seeds; ++seed) values.push_back(plain_swarm(function, settings, seed));
  return values;
}

TEST_CASE("quality: the median of 25 runs on Sphere lies below 1e-20") {
  CHECK(median(shipped_values("sphere", 5.12)) < 1e-20);
}

TEST_CASE("quality: Rastrigin is indistinguishable from a plain scalar swarm") {
  const std::vector<double> shipped = shipped_values("rastrigin", 5.12);
  const std::vector<double> plain = plain_values(&rastrigin, 5.12);
  const double p = mann_whitney(shipped, plain);
  MESSAGE("medians " << median(shipped) << " and " << median(plain) << ", p = " << p);
  CHECK(p > 0.01);
}

TEST_CASE("quality: Rosenbrock is indistinguishable from a plain scalar swarm") {
  const std::vector<double> shipped = shipped_values("rosenbrock", 2.048);
  const std::vector<double> plain = plain_values(&rosenbrock, 2.048);
  const double p = mann_whitney(shipped, plain);
  MESSAGE("medians " << median(shipped) << " and " << median(plain) << ", p = " << p);
  CHECK(p > 0.01);
}

TEST_CASE("quality: the Mann-Whitney test tells different samples apart") {
  std::vector<double> low, high;
  for (int i = 0; i < 25; ++i) {
    low.push_back(i);
    high.push_back(i + 12.5);
  }
  CHECK(mann_whitney(low, high) < 1e-3);
  CHECK(mann_whitney(low, low) > 0.9);
}

}  // namespace
