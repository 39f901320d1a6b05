#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::repeatable;
using tool_test::SmallRun;

TEST_CASE("run --json prints one object with the keys of the contract") {
  const SmallRun folder;
  const Outcome outcome = folder.run({}, {"--json", "--quiet"});
  CHECK(outcome.code == 0);
  CHECK(outcome.err.empty());
  const json result = outcome.json();
  CHECK(result.at("run") == "small");
  CHECK(result.at("algorithm") == "particle_swarm");
  CHECK(result.at("problem") == "sphere");
  CHECK(result.at("dimension") == 3);
  CHECK(result.at("objective") == "quality");
  CHECK(result.at("sense") == "minimize");
  CHECK(result.at("best_quality").is_number());
  CHECK(result.at("best_solution").size() == 3);
  CHECK(result.at("evaluations") == 210);
  CHECK(result.at("iterations") == 20);
  CHECK(result.at("seed") == 1);
  CHECK(result.at("stop_reason") == "iterations");
  CHECK(result.at("wall_seconds").is_number());
}

TEST_CASE("the best solution has the best quality") {
  const SmallRun folder;
  const json result = folder.run({}, {"--json"}).json();
  double sum = 0;
  for (const double x : result.at("best_solution")) sum += x * x;
  CHECK(sum == doctest::Approx(result.at("best_quality").get<double>()).epsilon(1e-14));
}

TEST_CASE("one seed gives one result with 1, 2 and 8 threads") {
  const SmallRun folder;
  folder.write("run.json",
               R"({"format": "skein/1", "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 200}},
    "problem": {"name": "rastrigin", "dimension": 50}, "stop": {"iterations": 50}})");
  const json expected = repeatable(folder.run({}, {"--json", "--seed", "42", "--threads", "1"}));
  for (const char* threads : {"2", "8"}) {
    CHECK(repeatable(folder.run({}, {"--json", "--seed", "42", "--threads", threads})) == expected);
  }
  CHECK(folder.run({}, {"--json", "--seed", "43"}).json().at("best_quality") != expected.at("best_quality"));
}

TEST_CASE("--quiet and the form of the output do not change the result") {
  const SmallRun folder;
  const json expected = repeatable(folder.run({}, {"--json", "--quiet"}));
  CHECK(repeatable(folder.run({}, {"--json"})) == expected);
  CHECK(folder.run({}, {"--output", "result.json"}).code == 0);
  CHECK(repeatable(json::parse(folder.read("result.json"))) == expected);
}

TEST_CASE("--seed overrides the document and takes all 64 bits") {
  const SmallRun folder;
  CHECK(folder.run({"seed=7"}, {"--json"}).json().at("seed") == 7);
  CHECK(folder.run({"seed=7"}, {"--json", "--seed", "8"}).json().at("seed") == 8);
  CHECK(folder.run({}, {"--json", "--seed=18446744073709551615"}).json().at("seed") == 18446744073709551615ULL);
  CHECK(folder.run({}, {"--json", "--seed=0"}).json().at("seed") == 0);
}

TEST_CASE("the result file is what --json prints, at the place that the document or --output names") {
  const SmallRun folder;
  const Outcome outcome = folder.run({"output.file=from document.json"}, {"--json"});
  CHECK(outcome.code == 0);
  CHECK(folder.read("from document.json") == outcome.out);
  CHECK(folder.run({"output.file=ignored.json"}, {"--output", "chosen.json"}).code == 0);
  CHECK(folder.has("chosen.json"));
  CHECK(folder.names() == tool_test::Words{"chosen.json", "from document.json", "run.json"});
}

TEST_CASE("a maximized problem is reported in its own sense") {
  const SmallRun folder;
  const json result = folder.run({"problem.parameters.negate=true", "stop.iterations=200"}, {"--json"}).json();
  CHECK(result.at("sense") == "maximize");
  CHECK(result.at("best_quality").get<double>() <= 0.0);
  CHECK(result.at("best_quality").get<double>() > -1e-6);
  CHECK(result.at("best_known") == 0.0);
}

TEST_CASE("what is sought has its name: one objective in the report, several in the front only") {
  const SmallRun folder;
  const Outcome profit = folder.run({R"(problem={"name": "knapsack"})"}, {});
  CHECK(profit.out.find("knapsack, dimension 6, profit maximized\n") != std::string::npos);
  CHECK(folder.run({R"(problem={"name": "knapsack"})"}, {"--json"}).json().at("objective") == "profit");
  CHECK(folder.run({}, {}).out.find("sphere, dimension 3, minimized\n") != std::string::npos);
  const tool_test::Words front = {R"(algorithm="multi_objective_particle_swarm")", R"(problem={"name": "zdt1"})"};
  const Outcome several = folder.run(front, {});
  CHECK(several.says("  front of "));
  CHECK_FALSE(several.says("no value yet"));
  CHECK(several.out.find("convergence") == std::string::npos);
  const json result = folder.run(front, {"--json"}).json();
  CHECK_FALSE(result.contains("objective"));
  CHECK_FALSE(result.contains("sense"));
  CHECK(result.at("front").at("senses") == json({"minimize", "minimize"}));
}

TEST_CASE("each limit is named as the reason for the end") {
  const SmallRun folder;
  CHECK(folder.run({"stop={\"evaluations\": 95}"}, {"--json"}).json().at("stop_reason") == "evaluations");
  CHECK(folder.run({"stop={\"evaluations\": 95}"}, {"--json"}).json().at("evaluations") == 90);
  CHECK(folder.run({"stop={\"target\": 1}"}, {"--json"}).json().at("stop_reason") == "target");
  CHECK(folder.run({"stop={\"target_error\": 1e-3}"}, {"--json"}).json().at("best_quality").get<double>() <= 1e-3);
  CHECK(folder.run({"stop={\"seconds\": 0.05, \"iterations\": 1000000000}"}, {"--json"}).json().at("stop_reason") ==
        "seconds");
  CHECK(folder.run({"stop.iterations=0"}, {"--json"}).json().at("evaluations") == 10);
}

TEST_CASE("swarms of 1 and 2 particles and dimension 1 are legal") {
  const SmallRun folder;
  for (const char* size : {"1", "2"}) {
    const std::string swarm = std::string("algorithm.parameters.swarm_size=") + size;
    const Outcome outcome = folder.run({swarm, "problem.dimension=1"}, {"--json"});
    CHECK(outcome.code == 0);
    CHECK(std::isfinite(outcome.json().at("best_quality").get<double>()));
  }
}

TEST_CASE("the shipped example is right and runs") {
  const Folder folder;
  const std::string example = SKEIN_SOURCE_DIR "/apps/examples/rastrigin.json";
  CHECK(folder.skein({"validate", example}).code == 0);
  const Outcome outcome = folder.skein({"run", example, "--json", "--set", "stop.iterations=20"});
  CHECK(outcome.code == 0);
  CHECK(outcome.json().at("evaluations") == 50 * 21);
}

}  // namespace
