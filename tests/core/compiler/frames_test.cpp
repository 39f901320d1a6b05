// `frames`, `parallel` and `repeat`: instances of variables, and what is done in each of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "plan/plan.hpp"
#include "skein/operator.hpp"
#include "tests/core/compiler/workbench.hpp"
#include "tests/core/support/run_checks.hpp"

namespace skein::test {
namespace {

struct DrawNumbers {
  static constexpr std::string_view name = "draw_numbers";
  static constexpr std::string_view summary = "uniform numbers";
  static constexpr std::array streams = {StreamSpec{"", "the numbers"}};
  struct Ports {
    Out<double> value;
  };
  static constexpr auto ports = std::tuple{out("value", &Ports::value, "real[n]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      context.random(0).fill_uniform(io.value.row(row), 1);
    }
  }
};

/// joined <- the rows of all columns.
struct Join {
  static constexpr std::string_view name = "join";
  static constexpr std::string_view summary = "rows of all frames";
  struct Ports {
    Group<InBundle> columns;
    OutBundle joined;
  };
  static constexpr auto ports =
      std::tuple{in("columns", &Ports::columns, "T[n]", "").variadic(), out("joined", &Ports::joined, "T[m]", "")};
  static void run(const Ports& io, StepContext&) noexcept {
    std::size_t next = 0;
    for (std::size_t i = 0; i < io.columns.size(); ++i) {
      for (std::size_t row = 0; row < io.columns[i].rows(); ++row) io.joined.copy_row(next++, io.columns[i], row);
    }
  }
};

/// The first number of every column goes to the next column.
struct PassOn {
  static constexpr std::string_view name = "pass_on";
  static constexpr std::string_view summary = "a ring";
  struct Ports {
    Group<InOut<double>> values;
  };
  static constexpr auto ports = std::tuple{inout("values", &Ports::values, "real[n]", "").variadic()};
  static void run(const Ports& io, StepContext&) noexcept {
    const double last = io.values[io.values.size() - 1].value(0);
    for (std::size_t i = io.values.size(); i-- > 1;) io.values[i].value(0) = io.values[i - 1].value(0);
    io.values[0].value(0) = last;
  }
};

const Session& session() {
  static const Session made = [] {
    Session session = make_session();
    session.registry().add(operator_table<DrawNumbers>());
    session.registry().add(operator_table<Join>());
    session.registry().add(operator_table<PassOn>());
    return session;
  }();
  return made;
}

/// Islands of 70 rows, whose rows `all` joins; x counts, and what a node draws goes to `drawn`.
std::string island_graph(std::string_view flow, std::string_view count = R"("count": "= size")") {
  return R"({"graph": "test",
 "parameters": {"size": {"type": "integer", "default": 3}},
 "ports": {"out": {"best": "solution", "best_fitness": "fitness"}},
 "variables": {"count": {"type": "integer", "initial": 0}, "total": {"type": "integer", "initial": 0},
   "own": {"type": "integer", "initial": 0, "frames": "island"}},
 "frames": {"island": {)" +
         std::string(count) + R"(}},
 "populations": {
   "swarm": {"rows": 70, "frames": "island", "columns": {"position": "solution[n]", "fitness": "fitness[n]",
     "drawn": {"type": "real[n]", "initial": 0}, "seen": {"type": "real[n]", "initial": 0}}},
   "all": {"rows": "= 70 * size", "columns": {"position": "solution[n]", "fitness": "fitness[n]",
     "drawn": {"type": "real[n]", "initial": 0}}}},
 "nodes": {"create": {"operator": "scatter", "out": {"position": "swarm.position"}},
   "evaluate": {"operator": "square", "in": {"position": "swarm.position"}, "out": {"fitness": "swarm.fitness"}},
   "join": {"operator": "join", "in": {"columns": "swarm.position"}, "out": {"joined": "all.position"}},
   "join fitness": {"operator": "join", "in": {"columns": "swarm.fitness"}, "out": {"joined": "all.fitness"}},
   "join numbers": {"operator": "join", "in": {"columns": "swarm.drawn"}, "out": {"joined": "all.drawn"}},
   "keep": {"operator": "keep", "in": {"position": "all.position", "fitness": "all.fitness"}},
   "draw": {"operator": "draw_numbers", "out": {"value": "swarm.drawn"}},
   "look": {"operator": "draw_numbers", "out": {"value": "swarm.seen"}},
   "pass on": {"operator": "pass_on", "inout": {"values": "swarm.drawn"}},
   "count own": {"operator": "increment", "inout": {"value": "own"}},
   "count": {"operator": "increment", "inout": {"value": "count"}},
   "add": {"operator": "increment", "in": {"by": "own"}, "inout": {"value": "total"}}},
 "flow": [{"parallel": "island", "do": ["create", "evaluate"]}, )" +
         std::string(flow) + R"(, "join", "join fitness", "keep"]})";
}

Job islands(std::string_view flow, std::string_view count = R"("count": "= size")") {
  return prepared(session(), run_text(island_graph(flow, count)));
}

std::vector<double> of_island(const Run& run, std::size_t island, const std::string& column) {
  return reals(run, "island[" + std::to_string(island) + "]/swarm." + column);
}

}  // namespace

TEST_CASE("frames: each has numbers of its own, and steps around see all of them as one list, in their order") {
  const Job job = islands(R"({"parallel": "island", "do": ["draw", "count own"]}, "join numbers")");
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  std::vector<double> joined;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::vector<double> drawn = of_island(run, i, "drawn");
    REQUIRE(drawn.size() == 70);
    joined.insert(joined.end(), drawn.begin(), drawn.end());
    CHECK(integer(run, "island[" + std::to_string(i) + "]/own") == 1);
  }
  CHECK(reals(run, "all.drawn") == joined);
  std::ranges::sort(joined);
  CHECK(std::ranges::adjacent_find(joined) == joined.end());
  CHECK(run.evaluations() == 210);
}

TEST_CASE("frames: what steps around write, the frames see") {
  const Job before = islands(R"({"parallel": "island", "do": ["draw"]})");
  const Job after = islands(R"({"parallel": "island", "do": ["draw"]}, "pass on")");
  Run first(before.plan, before.options);
  Run second(after.plan, after.options);
  REQUIRE(first.advance() == RunState::finished);
  REQUIRE(second.advance() == RunState::finished);
  for (std::size_t i = 0; i < 3; ++i) {
    std::vector<double> expected = of_island(first, i, "drawn");
    expected[0] = of_island(first, (i + 2) % 3, "drawn")[0];
    CHECK(of_island(second, i, "drawn") == expected);
  }
}

TEST_CASE("frames: blocks of one set go on where the last one ended; what begins anew forgets") {
  const std::string draw = R"({"parallel": "island", "do": ["draw", "count own"]})";
  const Job twice = islands(draw + ", " + R"({"parallel": "island", "do": ["look", "count own"]})");
  Run run(twice.plan, twice.options);
  REQUIRE(run.advance() == RunState::finished);
  CHECK(integer(run, "island[2]/own") == 2);

  const Job loops =
      islands(R"({"loop": [{"parallel": "island", "do": ["count own"]}, "count"], "until": "= count == 5"})");
  Run looped(loops.plan, loops.options);
  REQUIRE(looped.advance() == RunState::finished);
  CHECK(integer(looped, "island[1]/own") == 5);

  const std::string again = R"({"repeat": "island", "do": ["create", "evaluate", "draw", "count own"]})";
  const Job anew = islands(R"({"loop": [)" + again + R"(, "count"], "until": "= count == 5"})");
  Run restarted(anew.plan, anew.options);
  REQUIRE(restarted.advance() == RunState::finished);
  CHECK(integer(restarted, "island[1]/own") == 1);
  CHECK(restarted.evaluations() == 210 * 6);
}

TEST_CASE("frames: those that begin anew draw other numbers each time") {
  const auto drawn_after = [](int times) {
    const Job job = islands(R"({"loop": [{"repeat": "island", "do": ["create", "evaluate", "draw"]}, "count"],
      "until": "= count == )" +
                            std::to_string(times) + R"("}, {"parallel": "island", "do": ["look"]})");
    Run run(job.plan, job.options);
    REQUIRE(run.advance() == RunState::finished);
    return std::array{of_island(run, 0, "drawn"), of_island(run, 0, "seen")};
  };
  const auto once = drawn_after(1);
  const auto twice = drawn_after(2);
  CHECK(once[0] != twice[0]);
  CHECK(once[1] != twice[1]);  // also in a block that only goes on
}

TEST_CASE("frames: the same bits for any threads and tiles, and continued from a checkpoint in the middle") {
  const Job job = islands(R"({"loop": [{"parallel": "island", "do": ["create", "evaluate", "draw"]}, "pass on",
    "join numbers", "count"], "until": "= count == 4"})");
  allow_threads();
  const std::uint64_t expected = check_same_bits(job.plan, job.options);
  for (int steps = 1; steps < 20; steps += 3) {
    Run run(job.plan, job.options);
    for (int step = 0; step < steps; ++step) REQUIRE(run.advance(Advance::one_step) == RunState::ready);
    Run resumed(job.plan, job.options);
    REQUIRE(restore(resumed, checkpoint_of(run)).empty());
    REQUIRE(resumed.advance() == RunState::finished);
    CHECK(state_hash(resumed) == expected);
  }
}

TEST_CASE("frames: a set without a count is one frame, which may write what is around it") {
  const Job job =
      islands(R"({"loop": [{"repeat": "island", "do": ["create", "evaluate", "count own", "add", "count own",
    "count"]}], "until": "= count == 4"}, "join numbers")",
              "");
  CHECK(number_after(job, "total") == 4);
  CHECK(number_after(job, "count") == 4);
}

TEST_CASE("frames: what is declared in a combined operator belongs to the frame that it runs in") {
  const std::string inner = R"({"graph": {"graph": "inner", "ports": {"inout": {"value": "integer"}},
    "variables": {"calls": {"type": "integer", "initial": 0}, "deep": {"type": "integer", "initial": 0, "frames": "pair"}},
    "frames": {"pair": {"count": 2}},
    "nodes": {"up": {"operator": "increment", "inout": {"value": "calls"}},
      "deeper": {"operator": "increment", "in": {"by": "calls"}, "inout": {"value": "deep"}},
      "set": {"operator": "increment", "in": {"by": "calls"}, "inout": {"value": "value"}}},
    "flow": ["up", {"parallel": "pair", "do": ["deeper"]}, "set"]}, "inout": {"value": "own"}})";
  std::string graph =
      island_graph(R"({"loop": [{"parallel": "island", "do": ["inner"]}, "count"], "until": "= count == 3"})");
  graph.insert(graph.find(R"("create": {)"), R"("inner": )" + inner + ", ");
  const Job job = prepared(session(), run_text(graph));
  allow_threads();
  check_same_bits(job.plan, job.options);
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  for (const std::string island : {"island[0]/", "island[2]/"}) {
    CHECK(integer(run, island + "inner/calls") == 3);
    CHECK(integer(run, island + "own") == 1 + 2 + 3);
    CHECK(integer(run, island + "inner/pair[1]/inner/deep") == 1 + 2 + 3);
  }
}

TEST_CASE("frames: a picture shows what is done in them as a box") {
  Diagnostics diagnostics;
  const auto document = session().read_run(run_text(island_graph(R"({"repeat": "island", "do": ["draw"]}, "pass on")")),
                                           "r.json", diagnostics);
  REQUIRE(document.has_value());
  const auto view = session().view(document->algorithm.inline_graph, diagnostics);
  REQUIRE_MESSAGE(view.has_value(), all_text(diagnostics));
  std::vector<std::string> boxes;
  for (const ViewBox& box : view->boxes) boxes.push_back(box.name);
  CHECK(boxes == std::vector<std::string>{"test", "each frame of island", "each frame of island, begun anew"});
  const auto draw = std::ranges::find(view->nodes, "draw", &ViewNode::name);
  REQUIRE(draw != view->nodes.end());
  CHECK(draw->box == 2);
  CHECK(draw->writes == std::vector<std::string>{"swarm.drawn"});
}

}  // namespace skein::test
