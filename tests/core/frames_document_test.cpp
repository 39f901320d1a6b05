// Frames in graph documents: reading, writing and building.
#include <doctest/doctest.h>

#include "skein/document.hpp"
#include "skein/graph_builder.hpp"
#include "tests/core/document_examples.hpp"

using namespace skein;
using namespace skein::examples;

namespace {

constexpr std::string_view archipelago = R"json({
  "format": "skein/1",
  "graph": "archipelago",
  "parameters": {"islands": {"type": "integer", "default": 4}},
  "variables": {
    "passes": {"type": "integer", "initial": 0, "frames": "island", "summary": "of each"},
    "found": {"type": "real", "frames": "attempt"}
  },
  "frames": {"island": {"count": "= islands", "summary": "a swarm"}, "attempt": {}},
  "populations": {"swarm": {"rows": 10, "frames": "island", "columns": {"position": "solution[n]"}}},
  "nodes": {"move": {"operator": "copy"}, "meet": {"operator": "copy"}},
  "flow": [
    {"parallel": "island", "do": ["move"]},
    {"repeat": "attempt", "do": [{"loop": ["meet"], "until": "= passes == 3"}]}
  ]
}
)json";

Graph read(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<Graph> graph = read_graph_text(text, "g.json", diagnostics);
  REQUIRE_MESSAGE(graph.has_value(), all_text(diagnostics));
  return *graph;
}

}  // namespace

TEST_CASE("frames are read as they stand") {
  const Graph graph = read(archipelago);
  REQUIRE(graph.frames.size() == 2);
  CHECK(graph.frames[0].name == "island");
  CHECK(graph.frames[0].count == Value("= islands"));
  CHECK(graph.frames[0].summary == "a swarm");
  CHECK_FALSE(graph.frames[1].count.has_value());
  CHECK(graph.variables[0].frames == "island");
  CHECK(graph.populations[0].frames == "island");
  REQUIRE(graph.flow.size() == 2);
  CHECK(graph.flow[0].kind == FlowItem::Kind::frames);
  CHECK(graph.flow[0].node == "island");
  CHECK_FALSE(graph.flow[0].restart);
  CHECK(graph.flow[1].restart);
  CHECK(graph.flow[1].body[0].kind == FlowItem::Kind::loop);
}

TEST_CASE("frames round-trip, and a builder gives the same graph") {
  const std::string text = write_json(write_graph(read(archipelago)));
  CHECK(text == archipelago);
  GraphBuilder graph("archipelago");
  graph.parameter("islands", ParameterType::integer, 4);
  graph.frames("island", Value("= islands"), "a swarm").frames("attempt");
  graph.variable("passes", "integer", 0, "of each").variable("found", "real");
  graph.population("swarm", 10, {column("position", "solution[n]")});
  graph.per_frame("island", {"passes", "swarm"}).per_frame("attempt", {"found"});
  graph.node("move", operation("copy")).node("meet", operation("copy"));
  graph.flow({in_frames("island", {"move"}), in_new_frames("attempt", {loop({"meet"}).until("= passes == 3")})});
  CHECK(write_json(write_graph(graph.build())) == archipelago);
}

TEST_CASE("what is wrong with frames in a document") {
  Diagnostics diagnostics;
  CHECK_FALSE(read_graph_text(R"text({"format": "skein/1", "graph": "g",
 "variables": {"a": {"type": "real", "frames": 3}},
 "frames": {"b": {"count": 0}, "c": {"count": "many"}, "a": {}, "e": 4},
 "populations": {"f": {"rows": 1, "columns": {"x": {"type": "real[n]", "frames": "b"}}}},
 "nodes": {"move": {"operator": "copy"}},
 "flow": [{"parallel": ["move"]}, {"parallel": "b", "repeat": "b", "do": []}, {"repeat": "b", "order": "random"}]})text",
                              "g.json", diagnostics));
  std::string found;
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    found += std::to_string(diagnostic.where.line) + " " + diagnostic.code + " " + diagnostic.path + "\n";
  }
  CHECK(found == R"(2 wrong-type variables/a/frames
3 out-of-range frames/b/count
3 wrong-type frames/c/count
3 name-given-twice frames/a
3 bad-name frames/e
3 wrong-type frames/e
4 unknown-key populations/f/columns/x/frames
6 missing-key flow/0
6 wrong-type flow/0/parallel
6 conflicting-keys flow/1/repeat
6 missing-key flow/2
6 unknown-key flow/2/order
)");
}
