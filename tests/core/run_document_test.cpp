#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "skein/memory_config.hpp"
#include "tests/core/document_examples.hpp"
#include "tests/core/document_mutation.hpp"
#include "tests/support/sanitizer.hpp"

using namespace skein;
using namespace skein::examples;

namespace {

RunDocument read_example(std::string_view text) {
  Diagnostics diagnostics;
  std::optional<RunDocument> run = read_run(parse(text), diagnostics);
  REQUIRE_MESSAGE(run.has_value(), all_text(diagnostics));
  CHECK(diagnostics.empty());
  return *std::move(run);
}

std::string written(const RunDocument& run) { return write_json(write_run(run)); }

}  // namespace

TEST_CASE("the design's example run is read") {
  const RunDocument run = read_example(run_document);
  CHECK(run.name == "rastrigin with the default swarm");
  CHECK(run.algorithm.name == "particle_swarm");
  CHECK(Value(run.algorithm.parameters) == parse(R"({"swarm_size": 40})"));
  REQUIRE(run.algorithm.slots.size() == 1);
  CHECK(run.algorithm.slots[0].fillers[0].component.name == "spso_random");
  CHECK(Value(run.problem.parameters) == parse(R"({"dimension": 30})"));
  CHECK(run.seed == 1);
  CHECK(run.on_error == ErrorPolicy::abort);
  CHECK(run.stop.iterations == 1000U);
  CHECK(run.stop.evaluations == 200000U);
  CHECK(run.stop.target == 1e-8);
  CHECK_FALSE(run.stop.target_error);
  CHECK(run.stop.seconds == 60.0);
  CHECK(run.stop_where.line == 7);
  CHECK(run.output_file == "result.json");
}

TEST_CASE("everything that a run document can say is read") {
  const RunDocument run = read_example(full_run_document);
  CHECK(run.algorithm.file == "swarm.json");
  CHECK(run.algorithm.slots[0].many);
  CHECK(Value(run.problem.parameters) == parse(R"({"dimension": 3, "shift": [1, 2.5]})"));
  CHECK(run.seed == 18446744073709551615U);
  CHECK(run.on_error == ErrorPolicy::retry);
  CHECK(run.retries == 5);
  CHECK_FALSE(run.flush_denormals);
  CHECK(run.stop.iterations == 0U);
  CHECK(run.stop.evaluations == 9223372036854775808U);
  CHECK(run.stop.target_error == 0.0);
  REQUIRE(run.memory.has_value());
  const MemoryConfig memory = memory_config(*run.memory);
  CHECK(memory.limit_mb == 12.5);
  CHECK(memory.cleanup_frequency == 7);
  CHECK_FALSE(memory.enable_automatic_cleanup);
  CHECK(memory.emergency_recovery_enabled);
}

TEST_CASE("the short forms of a run document") {
  const RunDocument run =
      read_example(R"({"format": "skein/1", "algorithm": "a", "problem": "p", "on_error": "retry"})");
  CHECK(run.algorithm.name == "a");
  CHECK(run.problem.name == "p");
  CHECK(run.seed == 1);
  CHECK(run.retries == 3);
  CHECK(run.flush_denormals);
  CHECK(written(run) == R"({"format": "skein/1", "algorithm": "a", "problem": "p", "on_error": "retry"})"
                        "\n");
  const RunDocument inline_run = read_example(
      R"({"format": "skein/1", "algorithm": {"graph": {"graph": "g", "nodes": {}, "flow": []}}, "problem": "p", "on_error": "worst"})");
  CHECK(inline_run.algorithm.inline_graph->name == "g");
  CHECK(inline_run.on_error == ErrorPolicy::worst);
  CHECK(written(read_example(written(inline_run))) == written(inline_run));
}

TEST_CASE("a run document limits stagnation and diameter") {
  const auto run_with = [](const std::string& stop) {
    return read_example(R"({"format": "skein/1", "algorithm": "a", "problem": "p", "stop": )" + stop + "}");
  };
  const RunDocument plain = run_with(R"({"stagnation": 200, "diameter": 1e-6})");
  CHECK(plain.stop.stagnation == 200U);
  CHECK(plain.stop.stagnation_tolerance == 0);
  CHECK(!plain.stop.relative_tolerance);
  CHECK(plain.stop.diameter == 1e-6);
  CHECK(written(plain).find(R"("stop": {"stagnation": 200, "diameter": 1e-6})") != std::string::npos);

  const std::string full = R"("stop": {"stagnation": {"iterations": 30, "tolerance": 0.25, "relative": true}})";
  const RunDocument relative = run_with(full.substr(full.find('{')));
  CHECK(relative.stop.stagnation == 30U);
  CHECK(relative.stop.stagnation_tolerance == 0.25);
  CHECK(relative.stop.relative_tolerance);
  CHECK(!relative.stop.diameter);
  CHECK(written(relative).find(full) != std::string::npos);
}

TEST_CASE("writing and reading a run round-trips") {
  for (const std::string_view text : {run_document, full_run_document}) {
    const std::string once = written(read_example(text));
    CHECK(written(read_example(once)) == once);
  }
}

TEST_CASE("the canonical form of the design's example run") {
  CHECK(written(read_example(run_document)) == R"json({
  "format": "skein/1",
  "run": "rastrigin with the default swarm",
  "algorithm": {
    "name": "particle_swarm",
    "parameters": {"swarm_size": 40},
    "slots": {"topology_initializer": {"operator": "spso_random", "parameters": {"k": 3}}}
  },
  "problem": {"name": "rastrigin", "dimension": 30},
  "stop": {"iterations": 1000, "evaluations": 200000, "target": 1e-8, "seconds": 60},
  "output": {"file": "result.json"}
}
)json");
}

TEST_CASE("mutated run documents give a run or findings") {
  for (const std::string_view text : {run_document, full_run_document}) {
    Mutator mutator(20261121);
    for (int i = 0; i < 5000 / tests::one_case_of; ++i) {
      Diagnostics diagnostics;
      const std::optional<Value> document = mutator.mutate(text, diagnostics);
      const std::optional<RunDocument> run = document ? read_run(*document, diagnostics) : std::nullopt;
      REQUIRE(run.has_value() != diagnostics.has_errors());
      if (!run) continue;
      const std::string once = written(*run);
      const std::optional<RunDocument> again = read_run(parse(once), diagnostics);
      REQUIRE_MESSAGE(again.has_value(), once);
      REQUIRE(written(*again) == once);
    }
  }
}

TEST_CASE("golden texts of run documents") {
  const std::vector<std::array<const char*, 2>> cases = {
      // a graph instead of a run
      {R"text({"format": "skein/1", "graph": "g"})text",
       R"text(r.json:1:1: error: this is a graph, not a run document [wrong-document]
  expected: an object with "run", "algorithm" and "problem"
)text"},
      // missing keys
      {R"text({"format": "skein/1"})text",
       R"text(r.json:1:1: error: the key "algorithm" is missing [missing-key]
r.json:1:1: error: the key "problem" is missing [missing-key]
)text"},
      // algorithm
      {R"text({"format": "skein/1", "algorithm": {"parameters": 3}, "problem": 4})text",
       R"text(r.json:1:36: error: nothing says which algorithm this is [missing-key]
  path: algorithm
  expected: one of the keys "name", "file" and "graph"
r.json:1:51: error: "parameters" must be an object, not an integer [wrong-type]
  path: algorithm/parameters
  expected: an object
  found: 3, an integer
r.json:1:66: error: a problem must be a name or an object, not an integer [wrong-type]
  path: problem
  expected: a name or an object
  found: 4, an integer
)text"},
      // algorithm given twice
      {R"text({"format": "skein/1", "algorithm": {"name": "a", "file": "b"}, "problem": {"name": "p",
 "dimension": 3, "parameters": {"dimension": 4}}})text",
       R"text(r.json:1:50: error: "file" cannot stand beside "name" [conflicting-keys]
  path: algorithm/file
  expected: "name" or "file", not both
r.json:2:33: error: the name "dimension" was already given to problem/dimension at line 2, column 15 [name-given-twice]
  path: problem/parameters/dimension
  expected: each name once among the parameters of a problem
)text"},
      // transform of another type
      {R"text({"format": "skein/1", "algorithm": "a", "problem": {"name": "p", "transform": {"shift": 1}}})text",
       R"text(r.json:1:79: error: "transform" must be a list, not an object [wrong-type]
  path: problem/transform
  expected: a list
  found: an object
)text"},
      // transforms without a name or with two
      {R"text({"format": "skein/1", "algorithm": "a", "problem": {"name": "p", "transform": [3, {}, {"a": 1, "b": 2}]}})text",
       R"text(r.json:1:80: error: a transform must be an object with one key, such as {"shift": 7}, not an integer [wrong-type]
  path: problem/transform/0
  expected: an object with one key, such as {"shift": 7}
  found: 3, an integer
r.json:1:83: error: a transform has one name [bad-transform]
  path: problem/transform/1
  expected: an object with one key, such as {"shift": 7}
  found: 0 keys
r.json:1:87: error: a transform has one name [bad-transform]
  path: problem/transform/2
  expected: an object with one key, such as {"shift": 7}
  found: 2 keys
)text"},
      // seed
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "seed": -1})text",
       R"text(r.json:2:10: error: "seed" must be at least 0 [out-of-range]
  path: seed
  expected: at least 0
  found: -1
)text"},
      // seed as text
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "seed": "1"})text",
       R"text(r.json:2:10: error: "seed" must be an integer, not a text [wrong-type]
  path: seed
  expected: an integer
  found: "1", a text
)text"},
      // seed as fraction
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "seed": 1.5})text",
       R"text(r.json:2:10: error: "seed" must be an integer, not a real number [wrong-type]
  path: seed
  expected: an integer
  found: 1.5, a real number
)text"},
      // policy
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "on_error": "retri"})text",
       R"text(r.json:2:14: error: "retri" is nothing that can be done on an error [unknown-choice]
  path: on_error
  expected: "abort", "retry", "worst" or {"retry": 3}
  found: "retri"
  suggestion: retry
)text"},
      // denormal numbers
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "denormals": "flash"})text",
       R"text(r.json:2:15: error: "flash" is nothing that can be done with denormal numbers [unknown-choice]
  path: denormals
  expected: "flush" or "keep"
  found: "flash"
  suggestion: flush
)text"},
      // denormal numbers of another type
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "denormals": true})text",
       R"text(r.json:2:15: error: "denormals" must be "flush" or "keep", not a boolean [wrong-type]
  path: denormals
  expected: "flush" or "keep"
  found: true, a boolean
)text"},
      // policy of another type
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "on_error": 3})text",
       R"text(r.json:2:14: error: "on_error" must be "abort", "retry", "worst" or {"retry": 3}, not an integer [wrong-type]
  path: on_error
  expected: "abort", "retry", "worst" or {"retry": 3}
  found: 3, an integer
)text"},
      // retries
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "on_error": {"retry": 0}})text",
       R"text(r.json:2:24: error: "retry" must be from 1 to 1000000 [out-of-range]
  path: on_error/retry
  expected: from 1 to 1000000
  found: 0
)text"},
      // limits
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "stop": {"iterations": -1, "seconds": -0.5, "target": 1, "target_error": 0, "evals": 3}})text",
       R"text(r.json:2:25: error: "iterations" must be at least 0 [out-of-range]
  path: stop/iterations
  expected: at least 0
  found: -1
r.json:2:40: error: "seconds" must be at least 0.0 [out-of-range]
  path: stop/seconds
  expected: at least 0.0
  found: -0.5
r.json:2:59: error: "target_error" cannot stand beside "target" [conflicting-keys]
  path: stop/target_error
  expected: "target" or "target_error", not both
r.json:2:78: error: the key "evals" is not known here [unknown-key]
  path: stop/evals
  expected: iterations, evaluations, target, target_error, stagnation, diameter, seconds
  found: "evals"
)text"},
      // output
      {R"text({"format": "skein/1", "run": "r", "algorithm": "particle_swarm", "problem": "sphere",
 "output": {"file": ""}})text",
       R"text(r.json:2:21: error: the name of a file must not be empty [out-of-range]
  path: output/file
  expected: the name of a file
)text"},
  };
  for (const auto& [text, expected] : cases) CHECK(run_findings(text) == expected);
}
