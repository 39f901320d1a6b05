#include <doctest/doctest.h>

#include "tests/core/document_examples.hpp"

using namespace skein;
using namespace skein::examples;

namespace {

/// The document after the assignment, on one line; what was reported if it was refused.
std::string after(std::string_view text, std::string_view assignment) {
  Value document = parse(text);
  Diagnostics diagnostics;
  const bool is_set = set_in_document(document, assignment, diagnostics);
  CHECK(is_set == !diagnostics.has_errors());
  if (!is_set) CHECK(document == parse(text));
  return is_set ? write_json(document, JsonLayout::one_line) : all_text(diagnostics);
}

}  // namespace

TEST_CASE("set_in_document replaces a value, and makes what is missing on the way") {
  CHECK(after(R"({"seed": 1})", "seed=7") == R"({"seed": 7})");
  CHECK(after("{}", "seed=7") == R"({"seed": 7})");
  CHECK(after("{}", "algorithm.parameters.swarm_size=80") == R"({"algorithm": {"parameters": {"swarm_size": 80}}})");
  CHECK(after(R"({"algorithm": {"name": "a", "parameters": {"x": 1, "y": 2}}})", "algorithm.parameters.x=3") ==
        R"({"algorithm": {"name": "a", "parameters": {"x": 3, "y": 2}}})");
  CHECK(after(R"({"algorithm": {"graph": {"nodes": {"change topology": {}}}}})",
              "algorithm.graph.nodes.change topology.operator=copy") ==
        R"({"algorithm": {"graph": {"nodes": {"change topology": {"operator": "copy"}}}}})");
}

TEST_CASE("set_in_document takes JSON, and a text where that is no JSON") {
  CHECK(after("{}", "x=1.5") == R"({"x": 1.5})");
  CHECK(after("{}", "x=true") == R"({"x": true})");
  CHECK(after("{}", "x=null") == R"({"x": null})");
  CHECK(after("{}", "x=[1, 2]") == R"({"x": [1, 2]})");
  CHECK(after("{}", "x=\"a b\"") == R"({"x": "a b"})");
  CHECK(after("{}", "x=wrap") == R"({"x": "wrap"})");
  CHECK(after("{}", "x=") == R"({"x": ""})");
  CHECK(after("{}", "x=rows = 3") == R"({"x": "rows = 3"})");
  CHECK(after("{}", "x== 2*rows") == R"({"x": "= 2*rows"})");
  CHECK(after("{}", "x=18446744073709551615") == R"({"x": 18446744073709551615})");
}

TEST_CASE("set_in_document writes short forms out where a path goes below them") {
  CHECK(after(R"({"algorithm": "particle_swarm"})", "algorithm.parameters.swarm_size=80") ==
        R"({"algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 80}}})");
  CHECK(after(R"({"problem": "sphere"})", "problem.dimension=3") ==
        R"({"problem": {"name": "sphere", "dimension": 3}})");
  CHECK(after(R"({"problem": "sphere"})", "problem.parameters.shift=3") ==
        R"({"problem": {"name": "sphere", "parameters": {"shift": 3}}})");
  CHECK(after(R"({"problem": "sphere"})", "problem=rastrigin") == R"({"problem": "rastrigin"})");
  CHECK(after(R"({"algorithm": {"slots": {"topology_initializer": "spso_random"}}})",
              "algorithm.slots.topology_initializer.parameters.k=3") ==
        R"({"algorithm": {"slots": {"topology_initializer": {"operator": "spso_random", "parameters": {"k": 3}}}}})");
}

TEST_CASE("problem.dimension and problem.parameters reach the problem's parameters") {
  for (const std::string_view assignment : {"problem.dimension=5", "problem.parameters.dimension=5"}) {
    Value document = parse(R"({"format": "skein/1", "algorithm": "a", "problem": "sphere"})");
    Diagnostics diagnostics;
    CHECK(set_in_document(document, assignment, diagnostics));
    CHECK(set_in_document(document, "problem.parameters.shift=2", diagnostics));
    const std::optional<RunDocument> run = read_run(document, diagnostics);
    REQUIRE(run);
    CHECK(run->problem.name == "sphere");
    CHECK(Value(run->problem.parameters) == parse(R"({"dimension": 5, "shift": 2})"));
  }
}

TEST_CASE("what was set keeps its path as its place") {
  Value document = parse(run_document);
  Diagnostics diagnostics;
  CHECK(set_in_document(document, "seed=-1", diagnostics));
  CHECK(set_in_document(document, "stop.iteration=5", diagnostics));
  CHECK_FALSE(read_run(document, diagnostics));
  CHECK(all_text(diagnostics) ==
        "--set seed: error: \"seed\" must be at least 0 [out-of-range]\n"
        "  path: seed\n  expected: at least 0\n  found: -1\n"
        "--set stop.iteration: error: the key \"iteration\" is not known here [unknown-key]\n"
        "  path: stop/iteration\n  expected: iterations, evaluations, target, target_error, stagnation, diameter, "
        "seconds\n"
        "  found: \"iteration\"\n  suggestion: iterations\n");
}

TEST_CASE("bad-assignment") {
  CHECK(after("{}", "seed") ==
        "--set: error: an assignment needs a \"=\" between path and value [bad-assignment]\n"
        "  expected: path=value, such as algorithm.parameters.swarm_size=80\n  found: \"seed\"\n");
  for (const std::string_view assignment : {"=3", ".seed=3", "a..b=3", "a.=3"}) {
    CHECK(after("{}", assignment) ==
          "--set: error: a key in the path is empty [bad-assignment]\n"
          "  expected: path=value, such as algorithm.parameters.swarm_size=80\n  found: \"" +
              std::string(assignment) + "\"\n");
  }
  std::string deep = "a";
  for (int i = 0; i < 200; ++i) deep += ".a";
  CHECK(after("{}", deep + "=1").find("the path is too long [bad-assignment]") != std::string::npos);
}

TEST_CASE("unknown-path") {
  CHECK(after(R"({"seed": 1})", "seed.x=3") ==
        "--set: error: \"seed\" is an integer, so that nothing can be set inside it [unknown-path]\n"
        "  path: seed/x\n  expected: a path through objects\n  found: an integer at line 1, column 10\n");
  CHECK(after("[]", "seed=3") ==
        "--set: error: the document is a list, so that nothing can be set inside it [unknown-path]\n"
        "  path: seed\n  expected: a path through objects\n  found: a list at line 1, column 1\n");
  CHECK(after(R"({"stop": null})", "stop.seconds=3").find("[unknown-path]") != std::string::npos);
  CHECK(after(R"({"run": "r"})", "run.name=3").find("\"run\" is a text") != std::string::npos);
}

TEST_CASE("JSON with another fault than its grammar is reported") {
  CHECK(after("{}", R"(x={"a": 1, "a": 2})").find("[duplicate-key]") != std::string::npos);
}
