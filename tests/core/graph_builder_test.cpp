#include "skein/graph_builder.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

#include "tests/core/document_examples.hpp"

using namespace skein;
using namespace skein::examples;

namespace {

std::string written(const Graph& graph) { return write_json(write_graph(graph)); }

std::string written_document(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<Graph> graph = read_graph_text(text, "g.json", diagnostics);
  REQUIRE_MESSAGE(graph.has_value(), all_text(diagnostics));
  return written(*graph);
}

std::string build_findings(const GraphBuilder& graph) {
  Diagnostics diagnostics;
  const bool is_built = graph.build(diagnostics).has_value();
  CHECK(is_built == !diagnostics.has_errors());
  return all_text(diagnostics);
}

}  // namespace

TEST_CASE("the design's example graph, built and read, is the same graph") {
  GraphBuilder graph("particle_swarm_main_loop");
  graph.summary("Moves, evaluates and informs a swarm until it is told to stop.").require("particle_swarm", ">=1.0");
  GraphParameter inertia;
  inertia.name = "inertia";
  inertia.initial = 0.721;
  inertia.minimum = 0;
  inertia.summary = "weight of the old velocity";
  graph.parameter(inertia).inout_port("swarm", "population").out_port("best", "solution");
  graph.variable("iterations", "integer", 0).variable("stop", "boolean", false);
  graph.slot("particle_updater", "particle_updater")
      .slot("evaluator", "evaluator")
      .slot("swarm_updater", "swarm_updater");
  graph.optional_slot("topology_updater", "topology_updater").slot("stop_criterion", "stop_criterion");
  graph.many_slot("analyzer", "analyzer");
  graph.node("remember", slot("swarm_updater")).node("change topology", slot("topology_updater"));
  graph.node("inform", operation("inform_neighbors")).node("analyze", slot("analyzer"));
  graph.node("move", slot("particle_updater")).node("evaluate", slot("evaluator"));
  graph.node("count", operation("increment").inout("value", "iterations"));
  graph.node("stop?", slot("stop_criterion").out("stop", "stop"));
  graph.flow({"remember", "inform", "analyze"});
  graph.flow({loop({"move", "evaluate", "remember", "change topology", "inform", "count", "analyze", "stop?"})
                  .until("= stop")});
  CHECK(written(graph.build()) == written_document(graph_document));
}

TEST_CASE("everything that a document can say can be built") {
  GraphBuilder graph("all");
  graph.revision(2).role("particle_updater").role("swarm:mover");
  graph.parameter("rows", ParameterType::integer, 10, "how many").parameter("title", ParameterType::text);
  graph.in_port("speed", "real", 0.5, "how fast").in_port("limit", "real[d]");
  graph.inout_port("count", "integer", 0).out_port("best", "solution", std::nullopt, "best so far");
  graph.population_port(Direction::inout, "swarm", {column("position", "solution[n]")}, "the particles");
  graph.population("offspring", "= rows",
                   {column("velocity", "real[n,d]", 0), column("age", "integer[n]", std::nullopt, "passes")}, 500);
  graph.node("add", operation("vector_add")
                        .in("a", List{"velocity", 1.5})
                        .in("b", "= rows")
                        .out("sum", "velocity")
                        .parameter("x", 3)
                        .stream("pinned"));
  graph.node("update", operation("update").stream("cognitive", "c").stream("social", "s"));
  graph.node("inner", subgraph("report")
                          .fill("a", operation("b"))
                          .fill("c", nothing())
                          .fill_many("d", {{"e", operation("f").parameter("k", 3)}, {"g", subgraph("h")}}));
  graph.flow({"add", sequence({"update"}), loop({"inner"}).repeat_while("= rows > 3"),
              branch("= rows > 3", {"add"}).otherwise({"update"})});
  CHECK(written(graph.build()) == written_document(R"({
    "format": "skein/1", "graph": "all", "revision": 2, "roles": ["particle_updater", "swarm:mover"],
    "parameters": {"rows": {"type": "integer", "default": 10, "summary": "how many"}, "title": {"type": "text"}},
    "ports": {"in": {"speed": {"type": "real", "default": 0.5, "summary": "how fast"}, "limit": "real[d]"},
              "out": {"best": {"type": "solution", "summary": "best so far"}},
              "inout": {"count": {"type": "integer", "initial": 0}, "swarm": {"type": "population", "columns": {"position": "solution[n]"}, "summary": "the particles"}}},
    "populations": {"offspring": {"rows": "= rows", "capacity": 500, "columns": {
        "velocity": {"type": "real[n,d]", "initial": 0}, "age": {"type": "integer[n]", "summary": "passes"}}}},
    "nodes": {
      "add": {"operator": "vector_add", "parameters": {"x": 3}, "in": {"a": ["velocity", 1.5], "b": "= rows"},
              "out": {"sum": "velocity"}, "streams": "pinned"},
      "update": {"operator": "update", "streams": {"cognitive": "c", "social": "s"}},
      "inner": {"graph": "report", "slots": {"a": "b", "c": null,
                "d": {"e": {"operator": "f", "parameters": {"k": 3}}, "g": {"graph": "h"}}}}},
    "flow": ["add", ["update"], {"loop": ["inner"], "while": "= rows > 3"},
             {"if": "= rows > 3", "then": ["add"], "else": ["update"]}]})"));
}

TEST_CASE("a built graph can be used in place") {
  GraphBuilder inner("inner");
  inner.node("it", operation("copy")).flow({"it"});
  GraphBuilder outer("outer");
  outer.node("part", subgraph(inner.build())).flow({"part"});
  CHECK(written(outer.build()) == written_document(R"({"format": "skein/1", "graph": "outer",
    "nodes": {"part": {"graph": {"graph": "inner", "nodes": {"it": {"operator": "copy"}}, "flow": ["it"]}}},
    "flow": ["part"]})"));
}

TEST_CASE("fillers are plain values for a run") {
  RunDocument run;
  run.algorithm.name = "particle_swarm";
  run.algorithm.slots = {fill("topology_initializer", operation("spso_random").parameter("k", 3)),
                         fill_many("analyzer", {{"spread", operation("diversity")}})};
  run.problem.name = "sphere";
  CHECK(
      write_json(write_run(run), JsonLayout::one_line) ==
      R"({"format": "skein/1", "algorithm": {"name": "particle_swarm", "slots": {"topology_initializer": )"
      R"({"operator": "spso_random", "parameters": {"k": 3}}, "analyzer": {"spread": "diversity"}}}, "problem": "sphere"})");
}

TEST_CASE("infinities and NaN become expressions") {
  GraphBuilder graph("g");
  graph.node("a", operation("copy")
                      .in("x", std::numeric_limits<double>::infinity())
                      .in("y", std::numeric_limits<double>::quiet_NaN())
                      .parameter("z", -std::numeric_limits<double>::infinity()));
  graph.flow({"a"});
  const Graph built = graph.build();
  CHECK(built.nodes[0].component.bindings[0].value == Value("= inf"));
  CHECK(built.nodes[0].component.bindings[1].value == Value("= nan"));
  CHECK(built.nodes[0].component.parameters[0].value == Value("= -inf"));
}

TEST_CASE("a wrong graph is reported as a document would be") {
  GraphBuilder graph("g");
  graph.variable("Stop", "boolean[").parameter("x", ParameterType::real, "= 1").variable("x", "real");
  graph.node("move", operation("copy")).flow({"mvoe"});
  CHECK(build_findings(graph) ==
        "error: \"Stop\" cannot be a name here [bad-name]\n"
        "  path: variables/Stop\n  expected: a small letter, then small letters, digits and _\n  found: \"Stop\"\n"
        "  suggestion: stop\n"
        "error: \"boolean[\" is not written as a type [bad-type]\n"
        "  path: variables/Stop/type\n"
        "  expected: a type such as real, integer, boolean, solution, real[d], real[n,d] or index<swarm>[n]\n"
        "  found: \"boolean[\"\n"
        "error: the name \"x\" was already given to parameters/x [name-given-twice]\n"
        "  path: variables/x\n  expected: each name once among the parameters, ports, variables, frames and "
        "populations of a "
        "graph\n"
        "error: the flow names the node \"mvoe\", which is not declared [unknown-node]\n"
        "  path: flow/0\n  expected: a node that stands in \"nodes\"\n  found: \"mvoe\"\n  suggestion: move\n");
  CHECK_THROWS_AS((void)graph.build(), std::invalid_argument);
}

TEST_CASE("what is given twice to a builder is reported") {
  GraphBuilder graph("g");
  graph.node("a", operation("copy").parameter("k", 1).parameter("k", 2)).node("a", operation("copy")).flow({"a"});
  CHECK(build_findings(graph) ==
        "error: \"k\" was already given [duplicate-key]\n  path: nodes/a/parameters/k\n"
        "error: \"a\" was already given [duplicate-key]\n  path: nodes/a\n");
}
