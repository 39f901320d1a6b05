// `skein debug`: what it answers to commands stands in debugging/*.txt; SKEIN_WRITE_GOLDEN=1 writes these files.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "tests/apps/tool.hpp"

namespace {

namespace fs = std::filesystem;
using tool_test::Outcome;
using tool_test::SmallRun;

const std::string folder_of_goldens = SKEIN_SOURCE_DIR "/tests/apps/debugging/";

std::string text_of(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST_CASE("golden texts of debug sessions") {
  for (const std::string name : {"session", "mistakes"}) {
    CAPTURE(name);
    const SmallRun folder;
    folder.write("commands", text_of(folder_of_goldens + name + ".commands"));
    const Outcome outcome = folder.shell("\"$SKEIN\" debug run.json <commands 2>&1");
    const std::string said = outcome.out + "exit code " + std::to_string(outcome.code) + "\n";
    if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(folder_of_goldens + name + ".txt") << said;
    CHECK(said == text_of(folder_of_goldens + name + ".txt"));
  }
}

TEST_CASE("debug: a run that was stepped through finds what skein run finds") {
  const SmallRun folder;
  const Outcome run = folder.skein({"run", "run.json", "--quiet", "--json"});
  const Outcome debugged =
      folder.skein({"debug", "run.json"}, "break main loop/evaluate\ncontinue\nstep 5\ncontinue\ndelete\ncontinue\n");
  REQUIRE(debugged.code == 0);
  std::istringstream lines(debugged.out);
  std::string last;
  for (std::string line; std::getline(lines, line);) last = line;
  const std::string expected = "ended by iterations: iteration 20, 210 evaluations, best ";
  REQUIRE(last.starts_with(expected));
  CHECK(std::stod(last.substr(expected.size())) == run.json()["best_quality"].get<double>());
}

TEST_CASE("debug: a signal stops continue, and every command goes on afterwards") {
  const SmallRun folder;
  folder.write("commands", "where\ncontinue\nstep 2\nwhere\ncontinue\nstep 2\nquit\n");
  const Outcome outcome = folder.shell(
      "\"$SKEIN\" debug run.json --json --set stop.iterations=1000000000 <commands >answers & "
      "for lines in 1 4; do "
      "until [ \"$(wc -l <answers)\" -ge $lines ]; do sleep 0.05; done; sleep 0.5; kill -TERM $!; done; wait $!");
  CHECK(outcome.code == 0);
  std::istringstream lines(folder.read("answers"));
  std::vector<nlohmann::json> answers;
  for (std::string line; std::getline(lines, line);) answers.push_back(nlohmann::json::parse(line));
  REQUIRE(answers.size() == 7);
  for (const auto& answer : answers) {
    CHECK(answer["state"] == "ready");
    CHECK_FALSE(answer.contains("diagnostics"));
  }
  // Two nodes further on.
  CHECK(answers[1]["node"] != answers[2]["node"]);
  CHECK(answers[4]["node"] != answers[5]["node"]);
}

TEST_CASE("debug: nodes and variables of islands, with breakpoints in them") {
  const SmallRun folder;
  folder.write("islands.json", R"({"format": "skein/1", "algorithm": {"name": "island_particle_swarm",
      "parameters": {"islands": 2, "island_size": 3, "migration_interval": 2}},
      "problem": {"name": "sphere", "dimension": 2}, "stop": {"iterations": 4}})");
  const Outcome outcome = folder.skein({"debug", "islands.json", "--json", "--threads", "1"},
                                       "nodes\nvariables\nbreak island/main loop/move\ncontinue\n"
                                       "print island[1]/island_swarm.fitness 2\n");
  CHECK_MESSAGE(outcome.code == 0, outcome.err);
  std::istringstream lines(outcome.out);
  std::vector<nlohmann::json> answers;
  for (std::string line; std::getline(lines, line);) answers.push_back(nlohmann::json::parse(line));
  REQUIRE(answers.size() == 5);
  const std::vector<std::string> nodes = answers[0]["values"];
  CHECK(nodes == std::vector<std::string>{"island",
                                          "island/create",
                                          "island/evaluate",
                                          "island/connect",
                                          "island/remember",
                                          "join positions",
                                          "join velocities",
                                          "join fitness",
                                          "join bests",
                                          "join fitness of bests",
                                          "remember best",
                                          "stop?",
                                          "plan passes",
                                          "island",
                                          "island/main loop/remember",
                                          "island/main loop/inform",
                                          "island/main loop/stop?/stop?",
                                          "island/main loop/move",
                                          "island/main loop/keep in bounds",
                                          "island/main loop/evaluate",
                                          "island/main loop/remember",
                                          "island/main loop/count",
                                          "island/main loop/connect again",
                                          "island/main loop/inform",
                                          "island/main loop/stop?/stop?",
                                          "count",
                                          "join positions",
                                          "join velocities",
                                          "join fitness",
                                          "join bests",
                                          "join fitness of bests",
                                          "remember best",
                                          "stop?",
                                          "find routes",
                                          "emigrate",
                                          "immigrate",
                                          "count migrations",
                                          "count immigrants"});
  const std::vector<std::string> variables = answers[1]["values"];
  const auto count = [&](const char* name) { return std::ranges::count(variables, name); };
  CHECK(count("swarm.position") == 1);
  CHECK(count("island[0]/island_swarm.position") == 1);
  CHECK(count("island[0]/last_iteration") == 0);  // the run's
  CHECK(answers[3]["text"] == "breakpoint island[0]/main loop/move: iteration 0, 6 evaluations\n");
  CHECK(answers[4]["values"][0].size() == 2);
}

TEST_CASE("debug: one JSON object for each command") {
  const SmallRun folder;
  const Outcome outcome = folder.skein({"debug", "run.json", "--json"}, "iteration 3\nprint iterations\nbreak x\n");
  CHECK(outcome.code == 2);
  std::istringstream lines(outcome.out);
  std::vector<nlohmann::json> answers;
  for (std::string line; std::getline(lines, line);) answers.push_back(nlohmann::json::parse(line));
  REQUIRE(answers.size() == 3);
  CHECK(answers[0]["command"] == "iteration 3");
  CHECK(answers[0]["state"] == "ready");
  CHECK(answers[1]["values"][0][0] == 3);
  CHECK(answers[2]["diagnostics"][0]["code"] == "unknown-node");
}

TEST_CASE("debug: an error in the run is shown, and the exit code says so") {
  const SmallRun folder;
  folder.write("worker.sh", "#!/bin/sh\nread line\nexit 3\n");
  fs::permissions(folder.path("worker.sh"), fs::perms::owner_all);
  folder.write("failing.json", R"({"format": "skein/1", "run": "fails", "algorithm": "particle_swarm",
      "problem": {"name": "external_program", "dimension": 2, "parameters": {"command": ["./worker.sh"], "workers": 1, "lower": -1, "upper": 1}},
      "stop": {"iterations": 2}})");
  const Outcome outcome = folder.skein({"debug", "failing.json"}, "continue\nwhere\n");
  CHECK(outcome.code == 1);
  CHECK(outcome.out.find("failed at evaluate, row 0: ") != std::string::npos);
}

TEST_CASE("a profiled run says where its time went, and draws it") {
  const SmallRun folder;
  const Outcome outcome =
      folder.skein({"run", "run.json", "--quiet", "--json", "--profile", "--profile-graph", "profile.dot"});
  REQUIRE(outcome.code == 0);
  const auto profile = outcome.json()["profile"];
  bool has_evaluation = false;
  for (const auto& node : profile["nodes"]) {
    CHECK(node["seconds"].get<double>() <= profile["seconds"].get<double>());
    if (node["path"] != "main loop/evaluate") continue;
    has_evaluation = true;
    CHECK(node["calls"] == 20);
    CHECK(node["seconds"].get<double>() > 0.0);
  }
  CHECK(has_evaluation);
  REQUIRE_FALSE(profile["pipelines"].empty());
  double in_pipelines = 0.0;
  for (const auto& pipeline : profile["pipelines"]) in_pipelines += pipeline["seconds"].get<double>();
  CHECK(in_pipelines <= profile["seconds"].get<double>());
  CHECK(outcome.says("Time of nodes, "));
  CHECK(outcome.says("Time of pipelines"));
  CHECK(folder.read("profile.dot").find("20 calls\\npipeline ") != std::string::npos);
  // Nothing but the time is different.
  auto plain = folder.skein({"run", "run.json", "--quiet", "--json"}).json();
  CHECK_FALSE(plain.contains("profile"));
  CHECK(plain["best_quality"] == outcome.json()["best_quality"]);
}

TEST_CASE("a profile that cannot be drawn is refused before the run") {
  const SmallRun folder;
  const Outcome outcome = folder.skein({"run", "run.json", "--quiet", "--profile-graph", "nowhere/profile.dot"});
  CHECK(outcome.code == 2);
  CHECK(outcome.says("nowhere/profile.dot"));
}

}  // namespace
