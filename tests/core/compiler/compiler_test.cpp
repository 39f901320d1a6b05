// Graphs that are right: what they compile to, and what their runs give.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "documents/graph_document.hpp"
#include "plan/plan.hpp"
#include "skein/graph_builder.hpp"
#include "skein/json.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"
#include "tests/core/compiler/workbench.hpp"
#include "tests/core/support/run_checks.hpp"

namespace skein::test {
namespace {

const Session& session() {
  static const Session made = make_session();
  return made;
}

Job job_of(std::string_view nodes, std::string_view flow, std::string_view more = "", std::string_view algorithm = "") {
  return prepared(session(), run_text(graph_text(nodes, flow, more), algorithm));
}

bool has_stream(const Plan& plan, std::string_view name) {
  return std::ranges::find(plan.streams, name, &PlanStream::name) != plan.streams.end();
}

std::size_t steps_at(const Plan& plan, std::string_view path) {
  return static_cast<std::size_t>(std::ranges::count(plan.steps, path, &PlanStep::path));
}

TEST_CASE("constants, expressions and groups are bound") {
  const Job job = job_of(
      R"("sum": {"operator": "total", "in": {"values": [1, 2.5, "= size / 2", "= count + 1", "total"]}, "out": {"sum": "total"}},
         "count": {"operator": "increment", "in": {"by": "= size * 2"}, "inout": {"value": "count"}})",
      R"("count", "sum")");
  CHECK(number_after(job, "total") == 1 + 2.5 + 2.5 + 11 + 0);
  CHECK(number_after(job, "count") == 10);
  std::set<std::string> names;
  for (const PlanVariable& variable : job.plan->variables)
    CHECK_MESSAGE(names.insert(variable.name).second, variable.name);
}

/// Refuses what it was bound to, in words.
struct Gauge {
  static constexpr std::string_view name = "gauge";
  static constexpr std::string_view summary = "says what it knows before the run";
  struct Parameters {
    Value shape;
    double sum = 0;
  };
  static constexpr auto parameters = std::tuple{parameter("shape", &Parameters::shape, "[1, 2]", "any value")};
  struct Ports {
    InObject<Neighborhood> hood;
    Group<In<double>> values;
    In<double> factor;
    Out<double> result;
  };
  static constexpr auto ports =
      std::tuple{in("hood", &Ports::hood, "neighborhood", ""), in("values", &Ports::values, "real", "").variadic(),
                 in("factor", &Ports::factor, "real", "").optional(), out("result", &Ports::result, "real", "")};
  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    for (const Value& number : chosen.shape.list()) chosen.sum += number.number();
    const BoundPort& hood = input.port("hood");
    std::string names;
    for (const BoundPort& member : input.port("values").members) {
      names += member.name + (member.constant ? " = " + std::to_string(*member.constant) : "") + "; ";
    }
    if (input.port("factor").constant != -1.0) return true;
    diagnostics.add(input.refusal("bad-factor", "in/factor", "The factor is negative.", "1 or more", names));
    diagnostics.add(input.refusal("bad-shape", "parameters/shape", "The shape does not fit.",
                                  hood.name + " of " + std::to_string(hood.rows) + " rows", input.port("result").name));
    return false;
  }
  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept { io.result.value() = chosen.sum; }
};

TEST_CASE("an operator checks its parameters, its constants and the sizes of populations before the run") {
  Session session = make_session();
  session.registry().add(operator_table<Gauge>());
  const auto text = [](const char* more) {
    return run_text(graph_text(R"("gauge": {"operator": "gauge",
  "parameters": {"shape": [1, 2.5]},
  "in": {"hood": "hood", "values": ["total", 2, "= size / 2"])" +
                                   std::string(more) + R"(}, "out": {"result": "total"}})",
                               R"("gauge")"));
  };
  CHECK(number_after(prepared(session, text("")), "total") == 3.5);
  CHECK(number_after(prepared(session, text(R"(, "factor": 1)")), "total") == 3.5);
  CHECK(findings(session, text(R"(, "factor": -1)")) ==
        "r.json:12:74: error: The factor is negative. [bad-factor]\n  path: gauge/in/factor\n"
        "  expected: 1 or more\n  found: total; constant 2.0 = 2.000000; constant 2.5 = 2.500000; \n"
        "r.json:11:27: error: The shape does not fit. [bad-shape]\n  path: gauge/parameters/shape\n"
        "  expected: hood of 5 rows\n  found: total\n");
}

TEST_CASE("optional and broadcast ports, defaults over the dimension") {
  const Job job = job_of(
      R"("a": {"operator": "add", "inout": {"value": "y"}},
         "b": {"operator": "add", "inout": {"value": "y"}, "in": {"by": "x", "also": 10}},
         "c": {"operator": "add", "inout": {"value": "y"}, "in": {"by": "upper"}},
         "d": {"operator": "add", "inout": {"value": "y"}, "in": {"by": "= total + 1"}})",
      R"("a", "b", "c", "d")");
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  CHECK(reals(run, "swarm.y") == std::vector<double>(5 * 4, 2 + 0.25 + 11 + 1 + 1));
}

TEST_CASE("a written port that broadcasts takes one number per row") {
  const Job job = job_of(
      R"("a": {"operator": "scale", "in": {"value": "x", "by": "= total + 3"}, "out": {"target": "x"}},
         "b": {"operator": "scale", "in": {"value": "y", "by": "x"}, "out": {"target": "y"}})",
      R"("a", "b")");
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  CHECK(reals(run, "swarm.x") == std::vector<double>(5, 3));
  CHECK(reals(run, "swarm.y") == std::vector<double>(5 * 4, 6));
}

constexpr std::string_view with_columns = R"({"graph": {"graph": "squares",
    "ports": {"inout": {"value": "real[n,d]"}, "in": {"row": "index<n>[n]"}},
    "variables": {"square": "real[n,d]", "count": {"type": "real[n]", "initial": 0}, "partner": "index<n>[n]"},
    "nodes": {"square": {"operator": "scale", "in": {"value": "value", "by": "value"}, "out": {"target": "square"}},
              "one more": {"operator": "add", "in": {"by": 1}, "inout": {"value": "square"}},
              "partner": {"operator": "next_row", "in": {"pool": "square"}, "out": {"index": "partner"}},
              "take": {"operator": "gather", "in": {"source": "square", "index": "partner"}, "out": {"target": "value"}},
              "count": {"operator": "scale", "in": {"value": "count", "by": 1}, "out": {"target": "count"}}},
    "flow": ["square", "one more", "partner", "take", "count"]}, "inout": {"value": "y"}, "in": {"row": "next"}})";

TEST_CASE("a combined operator has columns of its own, one for each node, which populations do not exchange") {
  const std::string graph(with_columns);
  const Job job = job_of(
      R"("next": {"operator": "next_row", "in": {"pool": "y"}, "out": {"index": "next"}},
         "first": )" +
          graph + R"(, "second": )" + graph,
      R"("next", "first", "second", "first")");
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  CHECK(reals(run, "swarm.y") == std::vector<double>(5 * 4, 677));  // 2, 5, 26, 677
  CHECK(reals(run, "first/square") == std::vector<double>(5 * 4, 677));
  CHECK(reals(run, "second/square") == std::vector<double>(5 * 4, 26));
  for (const PlanVariable& variable : job.plan->variables) {
    const bool own = variable.name.starts_with("first/") || variable.name.starts_with("second/");
    CHECK(variable.hidden == own);
  }
  check_same_bits(job.plan);
}

TEST_CASE("loops and branches") {
  const std::string count = R"("up": {"operator": "increment", "inout": {"value": "count"}})";
  CHECK(number_after(job_of(count, R"({"loop": ["up"], "while": "= count < 3"})"), "count") == 3);
  CHECK(number_after(job_of(count, R"({"loop": ["up"], "while": "= flag"})"), "count") == 0);
  CHECK(number_after(job_of(count, R"({"loop": ["up"], "until": "= count >= 0"})"), "count") == 1);
  CHECK(number_after(job_of(count, R"({"if": "= flag", "then": ["up"], "else": ["up", "up"]})"), "count") == 2);
  CHECK(number_after(job_of(count, R"({"if": "= size == 5", "then": [["up"]]})"), "count") == 1);
  CHECK(number_after(
            job_of(count, R"({"loop": [{"loop": ["up"], "until": "= count % 3 == 0"}], "while": "= count < 7"})"),
            "count") == 9);
}

TEST_CASE("a branch over a parameter does not read what only the other one writes") {
  const std::string nodes = R"("a": {"operator": "total", "in": {"values": [1]}, "out": {"sum": "w"}},
    "b": {"operator": "total", "in": {"values": ["w"]}, "out": {"sum": "total"}})";
  const std::string flow = R"({"if": "= size > 3", "then": ["a"]}, {"if": "= size > 3", "then": ["b"]})";
  std::string graph = graph_text(nodes, flow);
  graph.replace(graph.find("\"flag\""), 0, "\"w\": \"real\", ");
  CHECK(number_after(prepared(session(), run_text(graph)), "total") == 1);
}

TEST_CASE("the same node twice shares hidden variables and has a second stream") {
  const Job job = job_of(R"("move": {"operator": "shrink", "in": {"rate": 0.5}})", R"("move", "move")");
  CHECK(has_stream(*job.plan, "move/step"));
  CHECK(has_stream(*job.plan, "move#2/step"));
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  CHECK(reals(run, "move/@calls") == std::vector<double>(5, 2.0 + 2.0));  // starts at d / 2
  check_same_bits(job.plan);
}

TEST_CASE("streams are pinned") {
  const auto with = [](const char* stream) {
    return job_of(
        R"("move": {"operator": "shrink", "in": {"rate": 0.5}, "streams": {"step": ")" + std::string(stream) + "\"}}",
        R"("move")");
  };
  CHECK(has_stream(*with("r1").plan, "r1"));
  CHECK_FALSE(has_stream(*with("r1").plan, "move/step"));
  CHECK(check_same_bits(with("move/step").plan) ==
        check_same_bits(job_of(R"("move": {"operator": "shrink", "in": {"rate": 0.5}})", R"("move")").plan));
}

constexpr std::string_view nested = R"("outer": {"graph": {"graph": "outer_graph",
    "ports": {"in": {"by": "integer"}, "inout": {"value": "integer"}},
    "variables": {"count": {"type": "integer", "initial": 0}},
    "nodes": {"own": {"operator": "increment", "inout": {"value": "count"}},
              "inner": {"graph": {"graph": "inner_graph", "ports": {"inout": {"value": "integer"}},
                 "variables": {"count": {"type": "integer", "initial": 5}},
                 "nodes": {"own": {"operator": "increment", "inout": {"value": "count"}},
                           "out": {"operator": "increment", "in": {"by": "count"}}}, "flow": ["own", "out"]}},
              "add": {"operator": "increment", "in": {"by": "by"}}},
    "flow": ["own", "inner", "add"]}, "inout": {"value": "count"}, "in": {"by": "= count + 1"}})";

TEST_CASE("combined operators nest, keep private names apart and bind expressions before each occurrence") {
  const Job job = job_of(nested, R"("outer", "outer")");
  CHECK(number_after(job, "outer/count") == 2);
  CHECK(number_after(job, "outer/inner/count") == 7);
  // First: by is 1; 0 + 6 + 1 = 7. Second: by is 8; 7 + 7 + 8 = 22.
  CHECK(number_after(job, "count") == 22);
  CHECK(steps_at(*job.plan, "outer/in/by") == 2);
}

TEST_CASE("a port's default is an expression over the parameters of its own graph") {
  const auto with = [](const char* more) {
    return check_same_bits(job_of(R"("a": {"graph": "one_step")" + std::string(more) + "}", R"("a")").plan);
  };
  CHECK(with("") == with(R"(, "parameters": {"slow": "= size / 10"})"));
  CHECK(with(R"(, "parameters": {"slow": 1})") != with(""));
}

constexpr std::string_view slots =
    R"( "slots": {"creator": {"role": "creator"}, "updater": {"role": "updater", "default": "one_step"},
   "none": {"role": "updater", "optional": true}, "watch": {"role": "watcher", "many": true}},
)";
constexpr std::string_view slot_nodes =
    R"("make": {"slot": "creator"}, "nothing": {"slot": "none"}, "watch": {"slot": "watch", "inout": {"value": "count"}},
   "go": {"graph": {"graph": "pass", "ports": {"inout": {"position": "solution[n]"}}, "slots": {"inside": {"role": "updater"}},
     "nodes": {"step": {"slot": "inside"}}, "flow": ["step"]}, "slots": {"inside": {"slot": "updater"}}})";
constexpr std::string_view slot_flow = R"("make", "nothing", "watch", "go", "go")";

TEST_CASE("slots: run document, default, offer, passed on, many, graphs as fillers") {
  const Job plain = job_of(slot_nodes, slot_flow, slots);
  CHECK(has_stream(*plain.plan, "make"));
  CHECK(has_stream(*plain.plan, "go/step/shrink/step"));
  CHECK(has_stream(*plain.plan, "go/step/shrink#2/step"));
  const Job chosen = job_of(slot_nodes, slot_flow, slots, R"(, "slots": {"none": null,
    "updater": {"operator": "shrink", "parameters": {"strength": "= d / 2"}, "in": {"rate": 0.125}},
    "watch": {"one": {"operator": "increment", "in": {"by": "= d"}}, "two": "increment"}})");
  CHECK(has_stream(*chosen.plan, "go/step/step"));
  CHECK(steps_at(*chosen.plan, "watch/one") == 1);
  CHECK(number_after(chosen, "count") == 5);
  // The default graph shrinks by 0.25, so does the operator: strength 2 * rate 0.125, other streams.
  check_same_bits(chosen.plan);
}

TEST_CASE("entries of a slot that are passed on under names do not share anything") {
  const std::string nodes = R"("go": {"graph": {"graph": "pass", "ports": {"inout": {"value": "integer"}},
    "slots": {"inside": {"role": "watcher", "many": true}}, "nodes": {"w": {"slot": "inside"}}, "flow": ["w"]},
    "inout": {"value": "count"}, "slots": {"inside": {"a": {"slot": "watch"}, "b": {"slot": "watch"}}}})";
  const Job job = job_of(nodes, R"("go")", R"( "slots": {"watch": {"role": "watcher", "many": true}},
)",
                         R"(, "slots": {"watch": {"x": "increment", "y": "increment"}})");
  for (const char* path : {"go/w/a/x", "go/w/a/y", "go/w/b/x", "go/w/b/y"}) CHECK(steps_at(*job.plan, path) == 1);
  CHECK(number_after(job, "count") == 4);
}

TEST_CASE("an operator that fills the evaluator is counted, and limits fill the stop criterion") {
  const std::string more =
      R"( "slots": {"evaluator": {"role": "evaluator"}, "stop_criterion": {"role": "stop_criterion"}},
)";
  const std::string nodes =
      R"("rate": {"slot": "evaluator"}, "stop?": {"slot": "stop_criterion", "out": {"stop": "flag"}, "in": {"iterations": "count"}},
    "up": {"operator": "increment", "inout": {"value": "count"}})";
  const std::string run = run_text(graph_text(nodes, R"({"loop": ["rate", "up", "stop?"], "until": "= flag"})", more),
                                   "", R"(, "stop": {"iterations": 7, "target_error": 0.5})");
  const Job job = prepared(session(), run);
  CHECK(job.options.target == 0.5);
  Run engine(job.plan, job.options);
  CHECK(engine.advance() == RunState::finished);
  CHECK(engine.evaluations() == 5 * 8);
  CHECK(integer(engine, "count") == 7);
}

TEST_CASE("a large limit is no limit") {
  const std::string more = R"( "slots": {"stop_criterion": {"role": "stop_criterion"}},
)";
  const std::string nodes =
      R"("stop?": {"slot": "stop_criterion", "out": {"stop": "flag"}, "in": {"iterations": "iteration_limit"}})";
  const std::string run =
      run_text(graph_text(nodes, R"("stop?")", more), "", R"(, "stop": {"iterations": 18446744073709551615})");
  CHECK(number_after(prepared(session(), run), "flag") == 1);
}

TEST_CASE("objects, and populations of graphs") {
  const Job job = job_of(
      R"("a": {"graph": {"graph": "with_group", "ports": {"inout": {"group": {"type": "population", "columns": {"x": "real[n]", "next": "index<group>[n]"}},
             "around": "neighborhood<group>"}},
           "nodes": {"c": {"operator": "informants", "in": {"neighborhood": "around"}, "out": {"count": "group.x"}},
                     "s": {"operator": "sum_rows", "in": {"value": "x"}, "out": {"sum": "rows"}},
                     "f": {"operator": "total", "in": {"values": ["rows", "= group.rows"]}, "out": {"sum": "rows"}}},
           "variables": {"rows": "real"}, "flow": ["c", "s", "f"]}, "inout": {"group": "swarm", "around": "hood"}})",
      R"("a")");
  CHECK(number_after(job, "a/rows") == 30);
}

TEST_CASE("two graphs, one written and read again, one built in C++, are one plan") {
  const std::string run = run_text(graph_text(nested, R"("outer", {"loop": ["outer"], "until": "= count > 100"})"));
  const Job job = prepared(session(), run);
  const std::string written = write_json(write_graph(*job.document.algorithm.inline_graph), JsonLayout::indented);
  const Job again = prepared(session(), run_text(written));
  CHECK(write_json(write_graph(*again.document.algorithm.inline_graph), JsonLayout::indented) == written);
  CHECK(plan_fingerprint(*again.plan) == plan_fingerprint(*job.plan));
  CHECK(check_same_bits(again.plan) == check_same_bits(job.plan));

  RunDocument twin =
      prepared(session(), run_text(graph_text(R"("up": {"operator": "increment", "inout": {"value": "count"}})",
                                              R"({"loop": ["up"], "while": "= count < size"})")))
          .document;
  Diagnostics diagnostics;
  const auto from_text = session().prepare(twin, diagnostics);
  GraphBuilder graph("test");
  graph.parameter("size", ParameterType::integer, 5);
  graph.out_port("best", "solution").out_port("best_fitness", "fitness");
  graph.variable("total", "real", 0)
      .variable("count", "integer", 0)
      .variable("flag", "boolean", false)
      .variable("hood", "neighborhood<swarm>");
  graph.population("swarm", "= size",
                   {column("position", "solution[n]"), column("fitness", "fitness[n]"), column("x", "real[n]", 1),
                    column("y", "real[n,d]", 2), column("next", "index<swarm>[n]")});
  graph.node("create", operation("scatter")).node("evaluate", operation("square")).node("keep", operation("keep"));
  graph.node("up", operation("increment").inout("value", "count"));
  graph.flow({"create", loop({"up"}).repeat_while("= count < size"), "evaluate", "keep"});
  twin.algorithm.inline_graph = std::make_shared<const Graph>(graph.build());
  const auto built = session().prepare(twin, diagnostics);
  REQUIRE_MESSAGE((from_text && built), all_text(diagnostics));
  CHECK(plan_fingerprint(*from_text->plan) == plan_fingerprint(*built->plan));
  CHECK(check_same_bits(from_text->plan) == check_same_bits(built->plan));
}

TEST_CASE("words of expressions are no names") {
  for (const char* name : {"e", "pi", "inf", "nan", "true", "false", "and", "or", "not"}) {
    std::string graph = graph_text("", "");
    graph.replace(graph.find("\"count\""), 7, "\"" + std::string(name) + "\"");
    CAPTURE(name);
    const std::string text = findings(session(), run_text(graph));
    CHECK(text.find("cannot be a name here [bad-name]") != std::string::npos);
    CHECK(text.find("suggestion: " + std::string(name) + "_value") != std::string::npos);
  }
}

TEST_CASE("graphs that multiply are refused in time") {
  std::string graph = R"({"graph": "g", "nodes": {}, "flow": []})";
  for (int depth = 0; depth < 40; ++depth) {
    graph = R"({"graph": "g", "nodes": {"a": {"graph": )" + graph + R"(}}, "flow": ["a", "a"]})";
  }
  const std::string text = findings(session(), run_text(graph_text("\"a\": {\"graph\": " + graph + "}", "\"a\"")));
  CHECK(text.find("The algorithm uses too many graphs. [too-large]") != std::string::npos);
}

TEST_CASE("a run that needs more memory than there is") {
  std::string run = run_text(graph_text("", ""), R"(, "parameters": {"size": 4000000000})");
  run.replace(run.find("\"dimension\": 4"), 14, "\"dimension\": 4000000");
  CHECK(findings(session(), run).find("[too-large]") != std::string::npos);
}

}  // namespace
}  // namespace skein::test
