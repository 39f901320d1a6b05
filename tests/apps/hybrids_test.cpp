// The example documents of algorithms that are made of frames, run as they stand.
#include <doctest/doctest.h>

#include <string>

#include "tests/apps/tool.hpp"

namespace {

using tool_test::Folder;
using tool_test::Outcome;

std::string example(const std::string& name) { return SKEIN_SOURCE_DIR "/apps/examples/" + name + ".json"; }

nlohmann::json result_of(const Folder& folder, const std::string& name) {
  CHECK(folder.skein({"validate", example(name)}).code == 0);
  const Outcome outcome = folder.skein({"run", example(name), "--json"});
  REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
  return outcome.json();
}

}  // namespace

TEST_CASE("the example of islands runs, and its islands exchange positions") {
  const Folder folder;
  const nlohmann::json result = result_of(folder, "islands");
  CHECK(result.at("evaluations") == 80 * 1250);
  CHECK(result.at("iterations") == 1249);
  CHECK(result.at("stop_reason") == "evaluations");
  CHECK(result.at("values").at("migrations") == 49);
  CHECK(result.at("values").at("immigrants") > 49);
}

TEST_CASE("the example of restarts finds the optimum, after restarts") {
  const Folder folder;
  const nlohmann::json result = result_of(folder, "restarts");
  CHECK(result.at("values").at("restarts") > 0);
  CHECK(result.at("values").at("particles") > 20);
  CHECK(result.at("stop_reason") == "target");
  CHECK(result.at("best_quality") <= 1e-8);
}

TEST_CASE("the example of a genetic algorithm with flying offspring runs") {
  const Folder folder;
  const nlohmann::json result = result_of(folder, "genetic_algorithm_with_particle_swarm_mutation");
  CHECK(result.at("stop_reason") == "evaluations");
  CHECK(result.at("evaluations") == 50 + 142 * 350);
  CHECK(result.at("best_quality") < 10);
}

TEST_CASE("a run of islands goes on from a checkpoint of the tool") {
  const Folder folder;
  const std::string document = example("islands");
  const tool_test::Words shorter = {"--set", "stop.evaluations=20000", "--json"};
  tool_test::Words whole = {"run", document};
  whole.insert(whole.end(), shorter.begin(), shorter.end());
  const nlohmann::json expected = folder.skein(whole).json();
  tool_test::Words saved = whole;
  saved.insert(saved.end(), {"--checkpoint", "islands.checkpoint", "--every", "100"});
  CHECK(folder.skein(saved).json().at("best_solution") == expected.at("best_solution"));
  REQUIRE(folder.has("islands.checkpoint"));
  CHECK(folder.skein({"run", "--resume", "islands.checkpoint", "--json"}).json().at("best_solution") ==
        expected.at("best_solution"));
}

TEST_CASE("islands, restarts and flights are drawn") {
  const Folder folder;
  const Outcome islands = folder.skein({"graph", example("islands"), "--format", "mermaid"});
  CHECK(islands.code == 0);
  CHECK(islands.out.find("each frame of island") != std::string::npos);
  const Outcome restarts = folder.skein({"graph", example("restarts"), "--format", "dot"});
  CHECK(restarts.code == 0);
  CHECK(restarts.out.find("each frame of attempt, begun anew") != std::string::npos);
  CHECK(folder.skein({"graph", example("islands"), "--plan"}).code == 0);
}
