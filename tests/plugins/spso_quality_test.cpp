// Quality of `spso_2007` and `spso_2011`: 40 particles, 1000 iterations, 30 dimensions, 25 seeds, their defaults.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/plugins/plain_spso.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/plugins/samples.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

constexpr unsigned seeds = 25;

std::vector<double> shipped_values(const std::string& algorithm, const std::string& topology, int iterations) {
  const Session session = full_session();
  const Job job = prepared(
      session, R"({"format": "skein/1", "run": "quality", "algorithm": {"name": ")" + algorithm +
                   R"(", "slots": {"topology_initializer": ")" + topology +
                   R"(", "topology_updater": null}}, "problem": {"name": "sphere", "dimension": 30, "parameters":
      {"lower": -5.12, "upper": 5.12}}, "stop": {"iterations": )" +
                   std::to_string(iterations) + "}}");
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

std::vector<double> plain_values(bool ball) {
  PlainSpsoSettings settings;
  settings.ball = ball;
  const auto sphere = [](const std::vector<double>& x) {
    double sum = 0;
    for (const double value : x) sum += value * value;
    return sum;
  };
  std::vector<double> values;
  for (unsigned seed = 1; seed <= seeds; ++seed) values.push_back(plain_spso(sphere, settings, seed));
  return values;
}

}  // namespace

TEST_CASE("quality: on a ring SPSO 2007 and 2011 converge on Sphere") {
  CHECK(median(shipped_values("spso_2007", "ring", 1000)) < 1e-12);
  CHECK(median(shipped_values("spso_2011", "ring", 1000)) < 1e-13);
}

TEST_CASE("quality: with the whole swarm as neighbourhood SPSO 2007 and 2011 stagnate on Sphere") {
  // No flaw of the code: the plain versions do the same, and three times as many iterations change little.
  for (const bool ball : {false, true}) {
    const std::string algorithm = ball ? "spso_2011" : "spso_2007";
    const std::vector<double> shipped = shipped_values(algorithm, "fully_connected", 1000);
    const std::vector<double> longer = shipped_values(algorithm, "fully_connected", 3000);
    const std::vector<double> plain = plain_values(ball);
    const double p = mann_whitney(shipped, plain);
    MESSAGE(algorithm << ": medians " << median(shipped) << ", " << median(longer) << " and " << median(plain)
                      << ", p = " << p);
    CHECK(median(shipped) > 1e-5);
    CHECK(median(shipped) < 1e-1);
    CHECK(median(longer) > 1e-6);
    CHECK(p > 0.01);
  }
}
