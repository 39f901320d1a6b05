// A checkpointed run that is killed at random moments of its life, as `./dev bench kill` does it more often.
#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <string>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::repeatable;

constexpr const char* document = R"({"format": "skein/1", "run": "killed",
  "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 40},
    "slots": {"topology_initializer": "spso_random", "topology_updater": "adaptive_random",
      "inertia_updater": "linear_schedule", "bounds_handling": "reenter_randomly",
      "analyzer": {"quality": "best_average_worst_quality", "age": "personal_best_age"}}},
  "problem": {"name": "rastrigin", "dimension": 30, "transform": [{"shift": 3}, {"noise": {"sigma": 0.01}}]},
  "stop": {"iterations": 30000}})";

}  // namespace

TEST_CASE("checkpoint: three random moments of a run at which it is killed, and the same bits each time") {
  const Folder folder;
  folder.write("run.json", document);
  const auto begin = std::chrono::steady_clock::now();
  const Outcome whole = folder.skein({"run", "run.json", "--quiet", "--json", "--threads", "1"});
  const std::chrono::duration<double> length = std::chrono::steady_clock::now() - begin;
  REQUIRE(whole.code == 0);
  std::mt19937_64 random(3);
  int resumed = 0;
  for (int i = 0; i < 3; ++i) {
    const double moment = length.count() * (0.1 + 0.8 * static_cast<double>(random() >> 11U) * 0x1p-53);
    CAPTURE(moment);
    static_cast<void>(folder.shell(
        "rm -f state*; \"$SKEIN\" run run.json --quiet --threads 1 --checkpoint state --every 300 & sleep " +
        std::to_string(moment) + "; kill -9 $!; wait $!"));
    if (!folder.has("state")) continue;  // the machine had no time for it yet
    const Outcome rest = folder.skein({"run", "--resume", "state", "--quiet", "--json", "--threads", "2"});
    CHECK_MESSAGE(rest.code == 0, rest.err);
    const bool same = repeatable(rest) == repeatable(whole);
    CHECK(same);
    ++resumed;
  }
  CHECK(resumed > 0);
}
