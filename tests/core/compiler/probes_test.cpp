// Probes through graphs: what a run must do, whatever the threads and tiles.
#include <doctest/doctest.h>

#include "plan/plan.hpp"
#include "tests/core/compiler/workbench.hpp"
#include "tests/core/support/run_checks.hpp"

namespace skein::test {
namespace {

/// Two populations with the same columns, and `more` columns of the children.
std::string two(std::string_view nodes, std::string_view flow, std::string_view rows, std::string_view more = "") {
  return R"({"graph": "two", "ports": {"out": {"best": "solution", "best_fitness": "fitness"}},
 "variables": {"count": {"type": "integer", "initial": 0}, "total": {"type": "real", "initial": 3}},
 "populations": {"parents": {)" +
         std::string(rows) + R"(, "columns": {"position": "solution[n]", "fitness": "fitness[n]"}},
   "children": {)" +
         std::string(rows) + R"(, "columns": {"position": "solution[n]", "fitness": "fitness[n]")" + std::string(more) +
         R"(}}},
 "nodes": {"create": {"operator": "scatter", "out": {"position": "parents.position"}},
   "copy": {"operator": "take_next", "in": {"source": "parents.position"}, "out": {"target": "children.position"}},
   "vary": {"operator": "add", "in": {"by": 0.001}, "inout": {"value": "children.position"}},
   "evaluate": {"operator": "square", "in": {"position": "children.position"}, "out": {"fitness": "children.fitness"}},
   "keep": {"operator": "keep", "in": {"position": "children.position", "fitness": "children.fitness"}},
   "up": {"operator": "increment", "inout": {"value": "count"}})" +
         (nodes.empty() ? "" : ", ") + std::string(nodes) + R"(},
 "flow": [)" +
         std::string(flow) + "]}";
}

constexpr std::string_view nine = R"("rows": 9)";
constexpr std::string_view row_column = R"(, "row": "index<parents>[n]")";
constexpr std::string_view gather =
    R"("next": {"operator": "next_row", "in": {"pool": "parents.position"}, "out": {"index": "children.row"}},
   "take": {"operator": "gather", "in": {"source": "parents.position", "index": "children.row"}, "out": {"target": "children.position"}})";

const Session& session() {
  static const Session made = make_session();
  return made;
}

TEST_CASE("probe of graphs: any-row gather from populations that are exchanged") {
  const Job job = prepared(
      session(),
      run_text(
          two(R"("exchange": {"operator": "bench:swap", "inout": {"first": "parents", "second": "children"}})",
              R"("create", {"loop": ["copy", "vary", "evaluate", "keep", "exchange", "up"], "until": "= count == 6"})",
              nine)));
  check_same_bits(job.plan);
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  CHECK(run.evaluations() == 9 * 6);
  CHECK(reals(run, "best_fitness")[1] < 2.0);
}

TEST_CASE("probe of graphs: rows arrive, turn round and are gathered by an index column") {
  const std::string nodes =
      std::string(gather) + R"(, "grow": {"operator": "grow", "inout": {"population": "parents"}})";
  const Job job = prepared(
      session(),
      run_text(two(
          nodes,
          R"("create", {"loop": ["grow", "next", "take", "vary", "evaluate", "keep", "up"], "until": "= count == 4"})",
          R"("rows": 9, "capacity": 30)", row_column)));
  check_same_bits(job.plan);
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  CHECK(run.variable("parents.position")->rows == 13);
  CHECK(run.variable("children.position")->rows == 9);
}

TEST_CASE("probe of graphs: rows that fail") {
  const std::string graph = graph_text(R"("rate": {"operator": "shaky"})", R"("rate")");
  for (const auto& [policy, state] : {std::pair{R"("abort")", RunState::failed},
                                      {R"({"retry": 2})", RunState::failed},
                                      {R"("worst")", RunState::finished}}) {
    const Job job = prepared(session(), run_text(graph, "", R"(, "on_error": )" + std::string(policy)));
    std::vector<std::uint64_t> hashes;
    for (const std::size_t threads : {1U, 2U, 8U}) {
      RunOptions options = job.options;
      options.threads = threads;
      Run run(job.plan, options);
      CHECK(run.advance() == state);
      CHECK((run.failed_evaluations() > 0) == (state == RunState::finished));
      if (state == RunState::failed) {
        CHECK(run.error()->path == "rate");
        CHECK(run.error()->message == "the first element is negative");
      }
      hashes.push_back(state_hash(run));
    }
    CHECK(hashes[0] == hashes[1]);
    CHECK(hashes[0] == hashes[2]);
  }
}

TEST_CASE("probe of graphs: a step that throws leaves everything as it was") {
  const Job job = prepared(
      session(),
      run_text(two(
          R"("bad": {"graph": {"graph": "g", "ports": {"inout": {"value": "real"}}, "nodes": {"step": {"operator": "throw_step"}}, "flow": ["step"]}, "inout": {"value": "total"}})",
          R"("create", "copy", "evaluate", "keep", "bad")", nine)));
  for (const std::size_t threads : {1U, 2U, 8U}) {
    RunOptions options = job.options;
    options.threads = threads;
    Run run(job.plan, options);
    CHECK(run.advance() == RunState::failed);
    CHECK(run.error()->path == "bad/step");
    CHECK(run.error()->message == "it does not work");
    CHECK(reals(run, "total") == std::vector{3.0});
  }
}

}  // namespace
}  // namespace skein::test
