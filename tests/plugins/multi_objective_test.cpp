// The swarm for several objectives: what it finds, how it repeats, and what it refuses.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <sstream>

#include "skein/archive.hpp"
#include "skein/json.hpp"
#include "skein/operator.hpp"
#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/plugins/samples.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

/// (x_0, 1 - x_0) where x_1 < 0, with a violation of 1 beyond that; NaN or infinite for negative x_0, or anywhere.
struct Undefined {
  static constexpr std::string_view name = "undefined_objectives";
  static constexpr std::string_view summary = "objectives that are NaN or infinite";
  static constexpr std::array<std::string_view, 1> roles = {"evaluator"};
  struct Parameters {
    bool always = true;
  };
  static constexpr auto parameters = std::tuple{parameter("always", &Parameters::always, "true", "nowhere a number")};
  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "solution[n]", "the solutions"),
                                           out("fitness", &Ports::fitness, "fitness[n]", "their fitness")};
  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const double x = io.position(row, 0);
      const bool is_undefined = chosen.always || x < 0.5;
      io.fitness(row, 0) = io.position(row, 1) > 0.5 ? 1 : 0;
      io.fitness(row, 1) = is_undefined ? std::numeric_limits<double>::quiet_NaN() : x;
      io.fitness(row, 2) = is_undefined && x < 0.25 ? std::numeric_limits<double>::infinity() : 1 - x;
    }
  }
};

std::string document(const std::string& problem, const std::string& stop, const std::string& slots = "",
                     const std::string& parameters = "") {
  return R"({"format": "skein/1", "run": "test", "algorithm": {"name": "multi_objective_particle_swarm",
      "parameters": {)" +
         parameters + R"(}, "slots": {)" + slots + R"(}}, "problem": {"name": ")" + problem + R"("}, "stop": {)" +
         stop + "}}";
}

Result finished(const Job& job, std::uint64_t seed = 1, std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options = job.options;
  options.seed = seed;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

std::string refusal(const Session& session, const std::string& text) {
  Diagnostics diagnostics;
  const auto run = session.read_run(text, "r.json", diagnostics);
  CHECK(!session.prepare(*run, diagnostics));
  return all_text(diagnostics);
}

constexpr const char* volume = R"("analyzer": {"volume": "hypervolume"})";

}  // namespace

TEST_CASE("multi-objective swarm: hypervolumes of the ZDT problems after 25000 evaluations") {
  const Session session = full_session();
  // Medians of 25 seeds, less a margin for five; the fronts themselves have 0.6667, 0.3333, 1.0444, 0.6667, 0.3260.
  const std::vector<std::pair<const char*, double>> goals = {
      {"zdt1", 0.6605}, {"zdt2", 0.3270}, {"zdt3", 1.039}, {"zdt4", 0.6590}, {"zdt6", 0.3220}};
  for (const auto& entry : goals) {
    const char* const problem = entry.first;
    const double goal = entry.second;
    CAPTURE(problem);
    const Job job = prepared(session, document(problem, R"("evaluations": 25000)"));
    std::vector<double> volumes;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const Result result = finished(job, seed);
      CHECK(result.evaluations == 25000);
      CHECK(result.front->points.size() == 100);
      volumes.push_back(result.front->hypervolume.value());
    }
    CHECK(median(volumes) >= goal);
    CHECK(median(volumes) < 1.05);
  }
}

TEST_CASE("multi-objective swarm: the front is a result, in the order of its objectives, and no best value is") {
  const Session session = full_session();
  const Result result = finished(prepared(session, document("zdt1", R"("iterations": 30)", volume)));
  CHECK(!result.best_quality);
  CHECK(result.best_solution.is_null());
  REQUIRE(result.front);
  const ResultFront& front = *result.front;
  CHECK(front.objectives == std::vector<std::string>{"f1", "f2"});
  CHECK(front.senses == std::vector<std::string>{"minimize", "minimize"});
  CHECK(front.violation == 0);
  CHECK(front.reference_point == std::vector<double>{1, 1});
  REQUIRE(front.points.size() > 2);
  for (std::size_t i = 0; i < front.points.size(); ++i) {
    CHECK(front.points[i].solution.list().size() == 30);
    CHECK(front.points[i].solution.list().front().number() == front.points[i].objectives[0]);
    if (i == 0) continue;
    CHECK(front.points[i].objectives[0] > front.points[i - 1].objectives[0]);
    CHECK(front.points[i].objectives[1] < front.points[i - 1].objectives[1]);
  }
  REQUIRE(result.histories.size() == 1);
  const ResultHistory& history = result.histories.front();
  CHECK(history.columns == std::vector<std::string>{"iteration", "entries", "hypervolume"});
  CHECK(history.rows.back()[2] == front.hypervolume.value());
  CHECK(history.rows.back()[1] == static_cast<double>(front.points.size()));
  const Value written = to_value(result);
  CHECK(written.find("front")->find("points")->list().size() == front.points.size());
  CHECK(written.find("best_quality")->is_null());
}

TEST_CASE("multi-objective swarm: with one objective the archive holds the best solution") {
  const Session session = full_session();
  const Result result = finished(prepared(session, document("sphere", R"("iterations": 200)")));
  CHECK(*result.best_quality < 1e-6);
  REQUIRE(result.front->points.size() == 1);
  CHECK(result.front->points[0].objectives[0] == *result.best_quality);
  CHECK(write_json(result.front->points[0].solution) == write_json(result.best_solution));
  CHECK(!result.front->hypervolume);
  // What is maximized is shown as it is, constraints count first, and other encodings have no updater for it.
  const Result maximized = finished(prepared(session, R"({"format": "skein/1", "run": "t", "algorithm":
      "multi_objective_particle_swarm", "problem": {"name": "sphere", "parameters": {"negate": true}},
      "stop": {"iterations": 2}})"));
  CHECK(maximized.front->senses == std::vector<std::string>{"maximize"});
  CHECK(maximized.front->points[0].objectives[0] == *maximized.best_quality);
  CHECK(*maximized.best_quality <= 0);
  CHECK(*finished(prepared(session, document("welded_beam", R"("iterations": 50)"))).best_violation == 0);
  CHECK(refusal(session, document("knapsack", R"("iterations": 5)")).find("guided_particle_updater") !=
        std::string::npos);
}

TEST_CASE("multi-objective swarm: the same bits for any threads and tiles") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  const Job job =
      prepared(session, document("zdt4", R"("iterations": 25)", volume, R"("swarm_size": 700, "archive_size": 60)"));
  const std::string expected = repeatable(finished(job));
  for (const std::size_t threads : {1U, 2U, 8U}) {
    for (const std::size_t tile_rows : {0U, 1U, 100U})
      CHECK(repeatable(finished(job, 1, threads, tile_rows)) == expected);
  }
  CHECK(repeatable(finished(job, 2)) != expected);
}

TEST_CASE("multi-objective swarm: a checkpoint at any step keeps the archive") {
  const Session session = full_session();
  const Job job =
      prepared(session, document("zdt1", R"("iterations": 12)", volume, R"("swarm_size": 40, "archive_size": 15)"));
  const std::string expected = repeatable(finished(job));
  for (int steps = 1; steps < 150; steps += 6) {
    RunOptions options = job.options;
    options.seed = 1;
    Run first(job.plan, options);
    for (int i = 0; i < steps; ++i) first.advance(Advance::one_step);
    std::stringstream stream;
    first.checkpoint(stream);
    Run second(job.plan, options);
    Diagnostics diagnostics;
    REQUIRE(second.restore(stream, diagnostics));
    second.advance();
    CHECK(repeatable(make_result(job, second)) == expected);
  }
}

TEST_CASE("multi-objective swarm: allocates nothing in an iteration") {
  const Session session = full_session();
  const Job job = prepared(session, document("zdt1", R"("iterations": 600)", volume));
  RunOptions options = job.options;
  options.threads = 1;
  Run run(job.plan, options);
  for (int step = 0; step < 100; ++step) run.advance(Advance::one_step);
  const AllocationCount count;
  run.advance();
  if (counts_allocations()) CHECK(count.allocations() == 0);
}

TEST_CASE("multi-objective swarm: swarms and archives of any size, and both truncations") {
  const Session session = full_session();
  for (const char* sizes : {R"("swarm_size": 1)", R"("swarm_size": 2, "archive_size": 1)", R"("archive_size": 2)",
                            R"("swarm_size": 3, "archive_size": 500)"}) {
    CAPTURE(sizes);
    for (const char* truncation : {"crowding", "clustering"}) {
      const std::string slots = R"("archive_updater": {"operator": "update_archive", "parameters": {"truncation": ")" +
                                std::string(truncation) + "\"}}";
      const Result result = finished(prepared(session, document("zdt2", R"("iterations": 40)", slots, sizes)));
      CHECK(!result.front->points.empty());
      CHECK(result.front->points.size() <= 500);
      if (std::string_view(sizes).find("\"archive_size\": 1") != std::string_view::npos) {
        CHECK(result.front->points.size() == 1);
      }
    }
  }
}

TEST_CASE(
    "multi-objective swarm: what is not finite never enters the front, and one without anything finite is empty") {
  Session session = full_session();
  session.registry().add(operator_table<Undefined>());
  const std::string never = R"("evaluator": "undefined_objectives")";
  const Result none = finished(prepared(session, document("zdt1", R"("iterations": 10)", never)));
  CHECK(none.front->points.empty());
  CHECK(to_value(none).find("front")->find("violation")->is_null());
  const std::string partly = R"("evaluator": {"operator": "undefined_objectives", "parameters": {"always": false}})";
  const Result some = finished(prepared(session, document("zdt1", R"("iterations": 10)", partly)));
  REQUIRE(!some.front->points.empty());
  CHECK(some.front->violation == 0);
  for (const FrontPoint& point : some.front->points) CHECK(point.objectives[0] >= 0.5);
}

TEST_CASE("multi-objective swarm: what does not go together is refused in words") {
  const Session session = full_session();
  CHECK(refusal(session, R"({"format": "skein/1", "run": "t", "algorithm": "particle_swarm", "problem": "zdt1",
      "stop": {"target": 1}})") ==
        "r.json:2:15: error: Problem 'zdt1' has 2 objectives: no single value can be its target. "
        "[several-objectives]\n  path: stop/target\n  expected: another limit, such as 'evaluations'\n"
        "r.json:1:48: error: Problem 'zdt1' has 2 objectives, but 'particle_swarm' looks for the best value of one. "
        "[several-objectives]\n  path: algorithm\n"
        "  expected: an algorithm that keeps a front: one with an out-port of type archive\n  found: no such port\n"
        "  suggestion: Algorithms that do: memory_efficient_multi_objective_particle_swarm, "
        "multi_objective_particle_swarm.\n");
  CHECK(refusal(session, document("zdt1", R"("iterations": 5)", "", R"("swarm_size": 0, "archive_size": 0)"))
            .find("archive_size") != std::string::npos);
  CHECK(refusal(session, document("sphere", R"("iterations": 5)", volume)).find("reference_point") !=
        std::string::npos);
}
