#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/document_examples.hpp"
#include "tests/core/document_mutation.hpp"
#include "tests/support/sanitizer.hpp"

using namespace skein;
using namespace skein::examples;

namespace {

Graph read_example(std::string_view text) {
  Diagnostics diagnostics;
  std::optional<Graph> graph = read_graph_text(text, "g.json", diagnostics);
  REQUIRE_MESSAGE(graph.has_value(), all_text(diagnostics));
  CHECK(diagnostics.empty());
  return *std::move(graph);
}

std::string written(const Graph& graph) { return write_json(write_graph(graph)); }

}  // namespace

TEST_CASE("the design's example graph is read") {
  const Graph graph = read_example(graph_document);
  CHECK(graph.name == "particle_swarm_main_loop");
  CHECK(graph.requirements == std::vector<std::pair<std::string, std::string>>{{"particle_swarm", ">=1.0"}});
  REQUIRE(graph.parameters.size() == 1);
  CHECK(graph.parameters[0].initial == Value(0.721));
  CHECK(graph.parameters[0].minimum == 0.0);
  CHECK_FALSE(graph.parameters[0].maximum);
  REQUIRE(graph.ports.size() == 2);
  CHECK(graph.ports[0].name == "best");
  CHECK(graph.ports[1].direction == Direction::inout);
  CHECK(graph.variables[0].initial == Value(0));
  CHECK(graph.slots[3].optional);
  CHECK(graph.slots[5].many);
  CHECK(graph.nodes[1].name == "change topology");
  CHECK(graph.nodes[6].component.bindings[0].value == Value("iterations"));
  CHECK(graph.nodes[6].component.bindings[0].where.line == 25);
  CHECK(graph.nodes[6].component.bindings[0].where.column == 60);
  REQUIRE(graph.flow.size() == 4);
  CHECK(graph.flow[3].kind == FlowItem::Kind::loop);
  CHECK(graph.flow[3].until);
  CHECK(graph.flow[3].condition == "= stop");
  CHECK(graph.flow[3].condition_where.line == 30);
  CHECK(graph.flow[3].body.size() == 8);
}

TEST_CASE("everything that a graph document can say is read") {
  const Graph graph = read_example(full_graph_document);
  CHECK(graph.revision == 3);
  CHECK(*graph.parameters[1].initial == parse(R"({"text": "= not an expression"})"));
  CHECK(to_text(graph.populations[0].columns[1].type) == "index<swarm>[n,3]");
  CHECK(graph.slots[0].initial->kind == Component::Kind::operation);
  CHECK(graph.slots[1].initial->kind == Component::Kind::empty);
  CHECK(graph.nodes[0].component.streams[0] == std::pair<std::string, std::string>{"", "pinned"});
  CHECK(graph.nodes[1].component.streams[1] == std::pair<std::string, std::string>{"social", "s"});
  const Component& inner = graph.nodes[2].component;
  REQUIRE(inner.inline_graph != nullptr);
  CHECK(inner.inline_graph->name == "inner");
  CHECK(inner.slots[0].fillers[0].name == "judge");
  CHECK(inner.slots[0].fillers[0].component.kind == Component::Kind::slot);
  CHECK(inner.slots[1].fillers[0].component.kind == Component::Kind::empty);
  CHECK(inner.slots[3].many);
  CHECK(inner.slots[3].fillers[1].name == "second one");
  CHECK(inner.slots[3].fillers[1].component.kind == Component::Kind::graph);
  CHECK(inner.slots[4].many);
  CHECK(inner.slots[4].fillers.empty());
  CHECK(graph.flow[1].kind == FlowItem::Kind::sequence);
  CHECK_FALSE(graph.flow[2].until);
  CHECK(graph.flow[2].body[1].otherwise[0].node == "inner part");
}

TEST_CASE("writing and reading a graph round-trips") {
  for (const std::string_view text : {graph_document, full_graph_document}) {
    const std::string once = written(read_example(text));
    CHECK(written(read_example(once)) == once);
  }
}

TEST_CASE("the canonical form of the design's example graph") {
  CHECK(written(read_example(graph_document)) == R"json({
  "format": "skein/1",
  "graph": "particle_swarm_main_loop",
  "summary": "Moves, evaluates and informs a swarm until it is told to stop.",
  "requires": {"particle_swarm": ">=1.0"},
  "parameters": {
    "inertia": {"type": "real", "default": 0.721, "minimum": 0, "summary": "weight of the old velocity"}
  },
  "ports": {"out": {"best": "solution"}, "inout": {"swarm": "population"}},
  "variables": {
    "iterations": {"type": "integer", "initial": 0},
    "stop": {"type": "boolean", "initial": false}
  },
  "slots": {
    "particle_updater": {"role": "particle_updater"},
    "evaluator": {"role": "evaluator"},
    "swarm_updater": {"role": "swarm_updater"},
    "topology_updater": {"role": "topology_updater", "optional": true},
    "stop_criterion": {"role": "stop_criterion"},
    "analyzer": {"role": "analyzer", "many": true}
  },
  "nodes": {
    "remember": {"slot": "swarm_updater"},
    "change topology": {"slot": "topology_updater"},
    "inform": {"operator": "inform_neighbors"},
    "analyze": {"slot": "analyzer"},
    "move": {"slot": "particle_updater"},
    "evaluate": {"slot": "evaluator"},
    "count": {"operator": "increment", "inout": {"value": "iterations"}},
    "stop?": {"slot": "stop_criterion", "out": {"stop": "stop"}}
  },
  "flow": [
    "remember",
    "inform",
    "analyze",
    {
      "loop": ["move", "evaluate", "remember", "change topology", "inform", "count", "analyze", "stop?"],
      "until": "= stop"
    }
  ]
}
)json");
}

TEST_CASE("the document says what it is") {
  CHECK(document_kind(parse(graph_document)) == DocumentKind::graph);
  CHECK(document_kind(parse(run_document)) == DocumentKind::run);
  CHECK(document_kind(parse(R"({"algorithm": "a"})")) == DocumentKind::run);
  CHECK(document_kind(parse(R"({"flow": []})")) == DocumentKind::graph);
  CHECK(document_kind(parse("{}")) == DocumentKind::neither);
  CHECK(document_kind(parse("[]")) == DocumentKind::neither);
}

TEST_CASE("thirty mistakes are reported at once, each at its place") {
  constexpr std::string_view document = R"json({
  "format": "skein/1", "graph": "g",
  "sumary": "",
  "revision": 0,
  "requires": {"Swarm": ">=1.0"},
  "parameters": {
    "x": {"type": "reel"},
    "y": {"type": "real", "default": "high"},
    "z": {"type": "integer", "default": 3, "maximum": 2},
    "w": {"type": "boolean", "minimum": 0}
  },
  "ports": {
    "input": {},
    "in": {"x": "real"},
    "out": {"b": {"type": "real", "columns": {}}}
  },
  "variables": {
    "Stop": "boolean",
    "v": "real[n,d]",
    "t": "real[",
    "s": {"initial": 0}
  },
  "populations": {
    "swarm": {"rows": "many", "columns": {
      "c": "real"}}
  },
  "slots": {
    "u": {"rolle": "evaluator", "role": "evaluator"},
    "many": {"role": "analyzer", "many": "yes"}
  },
  "nodes": {
    "a.b": {"operator": "copy"},
    "none": {"in": {}},
    "two": {"operator": "copy",
            "slot": "u"},
    "bad": {"operator": "copy", "out": {"x": true}},
    "null": {"operator": "copy", "in": {"x": null}},
    "fill": {"operator": "copy", "slots": {}},
    "list": {"graph": "g", "slots": {"s": []}},
    "idle": {"operator": "copy"},
    "name": {"operator": "Copy"}
  },
  "flow": ["a.b", "none", "two", "bad", "null", "fill", "list", "name",
    "tow",
    {"loop": ["two"]},
    {"if": "stop", "then": []},
    {"repeat": 3, "do": []}
  ]
})json";
  using Place = std::pair<std::size_t, std::string>;
  const std::vector<Place> expected = {
      {3, "unknown-key"},       {4, "out-of-range"},      {5, "bad-name"},       {7, "bad-type"},
      {8, "wrong-type"},        {9, "out-of-range"},      {10, "misplaced-key"}, {13, "unknown-key"},
      {14, "name-given-twice"}, {15, "misplaced-key"},    {18, "bad-name"},      {19, "bad-type"},
      {20, "bad-type"},         {21, "missing-key"},      {24, "wrong-type"},    {25, "bad-type"},
      {28, "unknown-key"},      {29, "wrong-type"},       {32, "bad-name"},      {33, "missing-key"},
      {35, "conflicting-keys"}, {36, "wrong-type"},       {37, "wrong-type"},    {38, "misplaced-key"},
      {39, "wrong-type"},       {40, "unreachable-node"}, {41, "bad-name"},      {44, "unknown-node"},
      {45, "missing-key"},      {46, "wrong-type"},       {47, "wrong-type"}};
  Diagnostics diagnostics;
  CHECK_FALSE(read_graph_text(document, "g.json", diagnostics));
  std::vector<Place> found;
  for (const Diagnostic& diagnostic : diagnostics.items()) found.emplace_back(diagnostic.where.line, diagnostic.code);
  CHECK(found == expected);
  CHECK(diagnostics.error_count() == 30);
}

TEST_CASE("hostile sizes end in a graph or in findings") {
  std::string nodes;
  std::string flow;
  for (int i = 0; i < 3000; ++i) {
    nodes += (i == 0 ? "" : ", ") + ("\"node" + std::to_string(i)) + R"(": {"operator": "copy"})";
    flow += (i == 0 ? "\"" : ", \"") + ("nodf" + std::to_string(i)) + "\"";
  }
  Diagnostics diagnostics;
  CHECK_FALSE(
      read_graph_text(R"({"format": "skein/1", "graph": "g", "nodes": {)" + nodes + R"(}, "flow": [)" + flow + "]}",
                      "g.json", diagnostics));
  CHECK(diagnostics.error_count() == 3000);
  const std::string deep = R"({"format": "skein/1", "graph": "g", "nodes": {}, "flow": )" + std::string(199, '[') +
                           std::string(199, ']') + "}";
  CHECK(graph_findings(deep).empty());
}

TEST_CASE("mutated graph documents give a graph or findings") {
  for (const std::string_view text : {graph_document, full_graph_document}) {
    Mutator mutator(20261121);
    for (int i = 0; i < 5000 / tests::one_case_of; ++i) {
      Diagnostics diagnostics;
      const std::optional<Value> document = mutator.mutate(text, diagnostics);
      const std::optional<Graph> graph = document ? read_graph(*document, diagnostics) : std::nullopt;
      REQUIRE(graph.has_value() != diagnostics.has_errors());
      for (const Diagnostic& diagnostic : diagnostics.items()) REQUIRE_FALSE(to_text(diagnostic).empty());
      if (!graph) continue;
      const std::string once = written(*graph);
      const std::optional<Graph> again = read_graph_text(once, "again.json", diagnostics);
      REQUIRE_MESSAGE(again.has_value(), once);
      REQUIRE(written(*again) == once);
    }
  }
}
