// Drawings. SKEIN_WRITE_GOLDEN=1 in the environment writes the files in drawings/.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/apps/tool.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::SmallRun;

const fs::path drawings = SKEIN_SOURCE_DIR "/tests/apps/drawings";

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void check_golden(const std::string& drawn, const std::string& file) {
  CAPTURE(file);
  if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(drawings / file) << drawn;
  CHECK(drawn == text_of(drawings / file));
}

/// The node with this path that was found last.
json node_at(const json& drawing, const std::string& path) {
  json found;
  for (const json& node : drawing.at("nodes")) {
    if (node.at("path") == path) found = node;
  }
  return found;
}

TEST_CASE("golden drawings of a small graph in each format") {
  const Folder folder;
  folder.write("small.json", text_of(drawings / "small.json"));
  for (const std::string format : {"dot", "mermaid", "json"}) {
    const Outcome outcome = folder.skein({"graph", "small.json", "--format", format});
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    check_golden(outcome.out, "small_drawing." + format);
  }
  CHECK(folder.skein({"graph", "small.json", "--json"}).out == text_of(drawings / "small_drawing.json"));
}

TEST_CASE("a run is drawn with what fills its slots and with its main loop inside") {
  const SmallRun folder;
  check_golden(folder.skein({"graph", "run.json"}).out, "run_drawing.dot");
  const json drawing = folder.skein({"graph", "run.json", "--json"}).json();
  CHECK(drawing.at("boxes").at(1).at("name") == "main loop");
  CHECK(drawing.at("boxes").at(2).at("kind") == "loop");
  CHECK(drawing.at("boxes").at(2).at("parent") == 1);
  CHECK(node_at(drawing, "main loop/move").at("operator") == "inertia_weight");
  CHECK(node_at(drawing, "main loop/move").at("slot") == "particle_updater");
  CHECK(node_at(drawing, "main loop/evaluate").at("operator") == "sphere");
  CHECK(node_at(drawing, "main loop/change topology").at("kind") == "open slot");
}

TEST_CASE("golden plans: frames and what operators call stand below the steps that enter them") {
  const Folder folder;
  folder.write("islands.json", R"({"format": "skein/1", "algorithm": {"name": "island_particle_swarm",
      "parameters": {"islands": 3, "island_size": 5}}, "problem": {"name": "sphere", "dimension": 2},
      "stop": {"iterations": 9}})");
  folder.write("restarts.json", R"({"format": "skein/1", "algorithm": "restarting_particle_swarm",
      "problem": {"name": "sphere", "dimension": 2}, "stop": {"evaluations": 900}})");
  folder.write("memetic.json", R"({"format": "skein/1", "algorithm": "memetic_particle_swarm",
      "problem": {"name": "sphere", "dimension": 2}, "stop": {"evaluations": 9000}})");
  for (const std::string name : {"islands", "restarts", "memetic"}) {
    const Outcome outcome = folder.skein({"graph", name + ".json", "--plan"});
    CHECK(outcome.code == 0);
    check_golden(outcome.out, name + "_plan.txt");
    const json plan = folder.skein({"graph", name + ".json", "--plan", "--json"}).json();
    REQUIRE(plan.at("children").size() == 1);
    const json& child = plan.at("children").at(0);
    CHECK(child.at("called_by_port").is_null() == (name != "memetic"));
    CHECK(child.at("frames") == (name == "islands" ? 3 : name == "restarts" ? 1 : 40));
    std::vector<std::size_t> entries;
    for (const json& step : plan.at("steps")) {
      if (step.at("child") == 0) entries.push_back(step.at("entry"));
    }
    CHECK(entries.size() == (name == "restarts" ? 1 : 2));
    for (const std::size_t entry : entries) CHECK(entry < child.at("plan").at("steps").size());
  }
}

TEST_CASE("slots that a run document fills are drawn with what it says") {
  const SmallRun folder;
  json run = json::parse(folder.read("run.json"));
  run["algorithm"]["slots"]["topology_initializer"] = "ring";
  run["algorithm"]["slots"]["analyzer"] = {{"one", {{"operator", "increment"}, {"inout", {{"value", "iterations"}}}}}};
  folder.write("run.json", run.dump());
  const Outcome outcome = folder.skein({"graph", "run.json", "--json"});
  CHECK(outcome.code == 2);  // what fills a slot does not see the names of the graph
  run["algorithm"]["slots"].erase("analyzer");
  folder.write("run.json", run.dump());
  CHECK(node_at(folder.skein({"graph", "run.json", "--json"}).json(), "connect").at("operator") == "ring");
}

TEST_CASE("a registered graph is drawn as it stands, with open slots") {
  const Folder folder;
  const json drawing = folder.skein({"graph", "particle_swarm", "--json"}).json();
  CHECK(drawing.at("name") == "particle_swarm");
  CHECK(node_at(drawing, "main loop/move").at("kind") == "open slot");
  CHECK(node_at(drawing, "main loop/change topology").at("optional") == true);
}

TEST_CASE("what cannot be drawn is refused") {
  const Folder folder;
  CHECK(folder.skein({"graph", "particle_swrm"}).says("suggestion: particle_swarm"));
  CHECK(folder.skein({"graph", "missing.json"}).says("[file-not-found]"));
  CHECK(folder.skein({"graph", "particle_swarm", "--format", "mermiad"}).says("suggestion: mermaid"));
  CHECK(folder.skein({"graph", "particle_swarm", "--format", "dot", "--json"}).code == 2);
  folder.write("wrong.json", R"({"format": "skein/1", "graph": "wrong",
  "nodes": {"count": {"operator": "incremen", "inout": {"value": "x"}}}, "flow": ["count"]})");
  const Outcome outcome = folder.skein({"graph", "wrong.json"});
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK(outcome.says("wrong.json:2:35: error:"));
  CHECK(folder.skein({"graph", "particle_swarm", "--output", "no/such/folder/x.dot"}).code == 2);
}

TEST_CASE("nodes that no flow names are not drawn") {
  const Folder folder;
  const auto write = [&folder](const char* name, const std::string& idle) {
    folder.write(name, R"({"format": "skein/1", "graph": "g", "ports": {"inout": {"value": "integer"}}, "nodes": {)" +
                           idle + R"("count": {"operator": "increment"}}, "flow": ["count"]})");
  };
  write("idle.json", R"("a": {"operator": "increment"}, "b": {"operator": "increment"}, )");
  write("busy.json", "");
  const std::string drawn = folder.skein({"graph", "busy.json", "--format", "json"}).out;
  CHECK(json::parse(drawn).at("nodes").size() == 3);
  CHECK(folder.skein({"graph", "idle.json", "--format", "json"}).out == drawn);
}

TEST_CASE("--output takes the place of standard output") {
  const Folder folder;
  const Outcome outcome = folder.skein({"graph", "particle_swarm", "--output", "swarm.dot"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out.empty());
  CHECK(folder.read("swarm.dot") == folder.skein({"graph", "particle_swarm"}).out);
}

TEST_CASE("svg is what the program dot makes of the drawing") {
  const Folder folder;
  const Outcome missing = folder.shell("PATH=/nowhere; \"$SKEIN\" graph particle_swarm --format svg");
  CHECK(missing.code == 2);
  CHECK(missing.says("[no-graphviz]"));
  CHECK(missing.says("the package graphviz"));

  folder.write("dot", "#!/bin/sh\necho \"<svg $1>\"\ncat\n");
  fs::permissions(folder.path("dot"), fs::perms::owner_all);
  const Outcome drawn = folder.shell("PATH=\"$PWD:$PATH\"; \"$SKEIN\" graph particle_swarm --format svg");
  CHECK(drawn.code == 0);
  CHECK(drawn.out == "<svg -Tsvg>\n" + folder.skein({"graph", "particle_swarm"}).out);

  folder.write("dot", "#!/bin/sh\nexit 3\n");
  const Outcome failed = folder.shell("PATH=\"$PWD:$PATH\"; \"$SKEIN\" graph particle_swarm --format svg");
  CHECK(failed.code == 2);
  CHECK(failed.says("[graphviz-failed]"));
}

TEST_CASE("the installed dot understands the drawings") {
  const SmallRun folder;
  if (folder.shell("command -v dot").code != 0) return;
  folder.write("small.json", text_of(drawings / "small.json"));
  for (const char* graph : {"small.json", "run.json", "particle_swarm"}) {
    const Outcome outcome = folder.skein({"graph", graph, "--format", "svg"});
    CHECK(outcome.code == 0);
    CHECK(outcome.out.find("</svg>") != std::string::npos);
  }
}

TEST_CASE("a graph with a thousand nodes is drawn") {
  const Folder folder;
  json graph = {{"format", "skein/1"}, {"graph", "large"}};
  graph["variables"]["value"] = {{"type", "integer"}, {"initial", 0}};
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "node " + std::to_string(i);
    graph["nodes"][name] = {{"operator", "increment"}, {"inout", {{"value", "value"}}}};
    graph["flow"].push_back(name);
  }
  folder.write("large.json", graph.dump());
  const json drawing = folder.skein({"graph", "large.json", "--json"}).json();
  CHECK(drawing.at("nodes").size() == 1002);
  CHECK(drawing.at("edges").size() == 1001 + 999);
}

TEST_CASE("a graph that is wrong is drawn with its errors, and the exit code says so") {
  const Folder folder;
  folder.write("cycle.json", R"({"format": "skein/1", "graph": "cycle",
    "nodes": {"a": {"graph": {"file": "cycle.json"}}}, "flow": ["a"]})");
  const Outcome outcome = folder.skein({"graph", "cycle.json"});
  CHECK(outcome.says("[graph-cycle]"));
  CHECK(outcome.out.find("digraph") != std::string::npos);
  CHECK(outcome.code == 2);
}

TEST_CASE("a file may have the name of the graph that is drawn into it") {
  const Folder folder;
  CHECK(folder.skein({"graph", "particle_swarm", "--output", "particle_swarm"}).code == 0);
  CHECK(folder.skein({"graph", "particle_swarm", "--output", "particle_swarm"}).code == 0);
}

TEST_CASE("only a run has a plan") {
  const Folder folder;
  const Outcome outcome = folder.skein({"graph", "particle_swarm", "--plan"});
  CHECK(outcome.code == 2);
  CHECK(outcome.says("error: 'particle_swarm' is a graph: only a run has a plan [bad-argument]"));
}

}  // namespace
