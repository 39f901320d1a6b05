// `for_each`: one row after another, in their order or a random one.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "plan/plan.hpp"
#include "skein/operator.hpp"
#include "tests/core/compiler/workbench.hpp"
#include "tests/core/support/run_checks.hpp"

namespace skein::test {
namespace {

/// seen <- x of the row before, modulo the number of rows; then x <- seen + 1 has been done for rows before this one.
struct LookBack {
  static constexpr std::string_view name = "look_back";
  static constexpr std::string_view summary = "copies the row before each";
  struct Ports {
    In<double> source;
    Out<double> target;
  };
  static constexpr auto ports =
      std::tuple{in("source", &Ports::source, "real[n]", "").any(), out("target", &Ports::target, "real[n]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    const std::size_t count = io.source.rows();
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.target.value(row) = io.source.value((row + count - 1) % count);
    }
  }
};

/// value <- value + by.
struct Raise {
  static constexpr std::string_view name = "raise";
  static constexpr std::string_view summary = "adds";
  struct Ports {
    InOut<double> value;
    In<double> by;
  };
  static constexpr auto ports =
      std::tuple{inout("value", &Ports::value, "real[n]", ""), in("by", &Ports::by, "real[n]", "").broadcast()};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) io.value.value(row) += io.by(row, 0);
  }
};

struct Draw {
  static constexpr std::string_view name = "draw";
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

/// A fitness that fails now and then, row by row, and says so.
struct Fragile {
  static constexpr std::string_view name = "fragile";
  static constexpr std::string_view summary = "fails once for every second row";
  static constexpr std::array<std::string_view, 1> roles = {"evaluator"};
  struct Ports {
    In<double> x;
    Out<double> fitness;
    In<bool> broken;
  };
  static constexpr auto ports =
      std::tuple{in("x", &Ports::x, "real[n]", ""), out("fitness", &Ports::fitness, "fitness[n]", ""),
                 in("broken", &Ports::broken, "boolean", "")};
  static void run(const Ports& io, RowContext& context) {
    const std::size_t row = context.rows().first;
    if (io.broken.value() && io.x.value(row) > 2.5) throw std::runtime_error("this row is too large");
    io.fitness(row, 0) = 0;
    io.fitness(row, 1) = io.x.value(row);
  }
};

Session session_of_rows() {
  Session session = make_session();
  session.registry().add(operator_table<LookBack>());
  session.registry().add(operator_table<Raise>());
  session.registry().add(operator_table<Draw>());
  session.registry().add(operator_table<Fragile>());
  return session;
}

std::string row_graph(std::string_view flow) {
  return run_text(R"({"graph": "test",
 "parameters": {"size": {"type": "integer", "default": 70}},
 "ports": {"out": {"best": "solution", "best_fitness": "fitness"}},
 "variables": {"total": {"type": "real", "initial": 0}, "count": {"type": "integer", "initial": 0},
   "broken": {"type": "boolean", "initial": true}},
 "populations": {"swarm": {"rows": "= size", "columns": {"position": "solution[n]", "fitness": "fitness[n]",
  "x": {"type": "real[n]", "initial": 1}, "seen": {"type": "real[n]", "initial": 0},
  "rank": {"type": "real[n]", "initial": 0}, "drawn": {"type": "real[n]", "initial": 0}}}},
 "nodes": {"create": {"operator": "scatter"}, "evaluate": {"operator": "square"}, "keep": {"operator": "keep"},
   "look": {"operator": "look_back", "in": {"source": "x"}, "out": {"target": "seen"}},
   "raise": {"operator": "raise", "inout": {"value": "x"}, "in": {"by": "seen"}},
   "note": {"operator": "raise", "inout": {"value": "rank"}, "in": {"by": "= count * 1.0"}},
   "count": {"operator": "increment", "inout": {"value": "count"}},
   "sum": {"operator": "sum_rows", "in": {"value": "x"}, "out": {"sum": "total"}},
   "draw": {"operator": "draw", "out": {"value": "drawn"}},
   "judge": {"operator": "fragile", "out": {"fitness": "fitness"}}},
 "flow": ["create", "evaluate", )" +
                  std::string(flow) + R"(, "keep"]})");
}

std::vector<double> column_after(const Job& job, const char* column, std::uint64_t seed = 1) {
  RunOptions options = job.options;
  options.seed = seed;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return reals(run, column);
}

}  // namespace

TEST_CASE("for_each: each row sees what the rows before it have become") {
  const Session session = session_of_rows();
  const Job one_by_one = prepared(session, row_graph(R"({"for_each": "swarm", "do": ["look", "raise"]})"));
  std::vector<double> x(70, 1.0);
  for (std::size_t row = 0; row < 70; ++row) x[row] += x[(row + 69) % 70];
  CHECK(column_after(one_by_one, "swarm.x") == x);
  CHECK(x[69] == 71);
  const Job at_once = prepared(session, row_graph(R"("look", "raise")"));
  CHECK(column_after(at_once, "swarm.x") == std::vector<double>(70, 2.0));
}

TEST_CASE("for_each: what is no row operator of the population runs once for every row, and sees all rows") {
  const Session session = session_of_rows();
  const Job job =
      prepared(session, row_graph(R"({"for_each": "swarm", "do": ["note", "look", "raise", "count", "sum"]})"));
  CHECK(number_after(job, "count") == 70);
  const std::vector<double> x = column_after(job, "swarm.x");
  double sum = 0;
  for (const double value : x) sum += value;
  CHECK(number_after(job, "total") == sum);
  std::vector<double> ranks(70);
  for (std::size_t row = 0; row < 70; ++row) ranks[row] = static_cast<double>(row);
  CHECK(column_after(job, "swarm.rank") == ranks);
}

TEST_CASE("for_each: a pass within a pass over the same rows takes all of them each time") {
  const Session session = session_of_rows();
  for (const char* order : {"", R"("order": "random", )"}) {
    const std::string inner = R"({"for_each": "swarm", )" + std::string(order) + R"("do": ["note", "count"]})";
    const Job job = prepared(session, row_graph(R"({"for_each": "swarm", "do": ["look", )" + inner + R"(, "raise"]})"));
    CHECK(number_after(job, "count") == 70 * 70);
    // The outer pass goes on where it was.
    std::vector<double> x(70, 1.0);
    for (std::size_t row = 0; row < 70; ++row) x[row] += x[(row + 69) % 70];
    CHECK(column_after(job, "swarm.x") == x);
  }
}

TEST_CASE("for_each: a random order has every row once, and is another one in every pass and for every seed") {
  const Session session = session_of_rows();
  const std::string pass = R"({"for_each": "swarm", "order": "random", "do": ["note", "count"]})";
  const Job once = prepared(session, row_graph(pass));
  const std::vector<double> ranks = column_after(once, "swarm.rank");
  std::vector<double> sorted = ranks;
  std::ranges::sort(sorted);
  std::vector<double> all(70);
  for (std::size_t row = 0; row < 70; ++row) all[row] = static_cast<double>(row);
  CHECK(sorted == all);
  CHECK(ranks != all);
  CHECK(column_after(once, "swarm.rank", 2) != ranks);
  const std::vector<double> twice = column_after(prepared(session, row_graph(pass + ", " + pass)), "swarm.rank");
  bool same = true;
  for (std::size_t row = 0; row < 70; ++row) same = same && twice[row] == ranks[row] + ranks[row] + 70;
  CHECK_FALSE(same);
}

TEST_CASE("for_each: rows draw numbers of their own") {
  const Session session = session_of_rows();
  std::vector<double> drawn =
      column_after(prepared(session, row_graph(R"({"for_each": "swarm", "do": ["draw"]})")), "swarm.drawn");
  std::ranges::sort(drawn);
  CHECK(std::ranges::adjacent_find(drawn) == drawn.end());
}

TEST_CASE("for_each: the same bits for any threads and tiles, step by step, and continued from a checkpoint") {
  const Session session = session_of_rows();
  const Job job = prepared(session, row_graph(R"({"for_each": "swarm", "order": "random",
      "do": ["draw", "look", "raise", "note", "evaluate", "count"]})"));
  allow_threads();
  const std::uint64_t expected = check_same_bits(job.plan, job.options);
  Run run(job.plan, job.options);
  for (int step = 0; step < 150; ++step) REQUIRE(run.advance(Advance::one_step) == RunState::ready);
  CHECK(run.evaluations() > 70);
  CHECK(run.evaluations() < 140);
  Run resumed(job.plan, job.options);
  REQUIRE(restore(resumed, checkpoint_of(run)).empty());
  REQUIRE(resumed.advance() == RunState::finished);
  CHECK(resumed.evaluations() == 140);
  CHECK(state_hash(resumed) == expected);
}

TEST_CASE("for_each: a row that fails pauses the run at that row, and the pass goes on from there") {
  const Session session = session_of_rows();
  const Job job = prepared(session, row_graph(R"({"for_each": "swarm", "do": ["look", "raise", "judge"]})"));
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::failed);
  REQUIRE(run.error().has_value());
  CHECK(run.error()->path == "judge");
  CHECK(run.error()->row == 1);
  CHECK(run.error()->message == "this row is too large");
  const std::vector<double> fitness = reals(run, "swarm.fitness");
  CHECK(fitness[1] == 2);  // row 0 was judged
  CHECK(fitness[3] != 3);  // row 1 was not
  CHECK(run.evaluations() == 71);

  RunOptions forgiving = job.options;
  forgiving.on_error = ErrorPolicy::worst;
  Run other(job.plan, forgiving);
  REQUIRE(other.advance() == RunState::finished);
  CHECK(other.evaluations() == 140);
  CHECK(other.failed_evaluations() == 69);
  CHECK(reals(other, "swarm.fitness")[3] == std::numeric_limits<double>::infinity());
}

TEST_CASE("for_each: mistakes are found before the run") {
  const Session session = session_of_rows();
  CHECK(findings(session, row_graph(R"({"for_each": "swurm", "do": ["look", "raise"]})"))
            .find("There is no population 'swurm'") != std::string::npos);
  const std::string order = findings(session, row_graph(R"({"for_each": "swarm", "order": "randum", "do": ["look"]})"));
  CHECK_MESSAGE(order.find("\"randum\" is no order in which rows can be taken") != std::string::npos, order);
  CHECK_MESSAGE(order.find("suggestion: random") != std::string::npos, order);
  const std::string both = findings(session, row_graph(R"({"for_each": "swarm", "do": ["look"], "loop": ["raise"]})"));
  CHECK_MESSAGE(both.find("for_each") != std::string::npos, both);
  CHECK(findings(session, row_graph(R"({"for_each": "swarm"})")).find("\"do\"") != std::string::npos);
}

TEST_CASE("a branch over parameters goes one way only, and the other one is checked") {
  const Session session = session_of_rows();
  const Job job = prepared(session, row_graph(R"({"if": "= size > 3", "then": ["look"], "else": ["raise"]})"));
  const auto has_step = [&](const char* path) {
    return std::ranges::find(job.plan->steps, path, &PlanStep::path) != job.plan->steps.end();
  };
  CHECK(has_step("look"));
  CHECK_FALSE(has_step("raise"));
  CHECK_FALSE(has_step("flow"));
  CHECK(findings(session, row_graph(R"({"if": "= size > 3", "then": ["look"], "else": ["rise"]})")).find("rise") !=
        std::string::npos);
}

}  // namespace skein::test
