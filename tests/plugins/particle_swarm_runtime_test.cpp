// Schedules, stop criteria, analyzers and results of the shipped algorithm.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <sstream>

#include "skein/document.hpp"
#include "skein/json.hpp"
#include "skein/operator.hpp"
#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

/// x[0]^2 where x[0] < 0, or nowhere; otherwise NaN.
struct Undefined {
  static constexpr std::string_view name = "undefined";
  static constexpr std::string_view summary = "an objective that is NaN";
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
      io.fitness(row, 0) = 0;
      io.fitness(row, 1) = chosen.always || x >= 0 ? std::numeric_limits<double>::quiet_NaN() : x * x;
    }
  }
};

constexpr const char* all_analyzers = R"("analyzer": {
    "quality": "best_average_worst_quality", "solution": "best_solution",
    "diversity": {"operator": "swarm_diversity", "parameters": {"interval": 7}}, "velocity": "velocity_norm",
    "age": "personal_best_age", "topology": {"operator": "topology_statistics", "parameters": {"distances": true}},
    "values": "schedule_values"})";

std::string document(const std::string& slots, const std::string& stop, const std::string& problem = "rastrigin",
                     const std::string& parameters = R"("swarm_size": 30)") {
  return R"({"format": "skein/1", "run": "test", "algorithm": {"name": "particle_swarm", "parameters": {)" +
         parameters + R"(}, "slots": {)" + slots + R"(}}, "problem": {"name": ")" + problem +
         R"(", "dimension": 8}, "stop": {)" + stop + "}}";
}

Result finished(const Job& job, std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

const ResultHistory& history(const Result& result, std::string_view name) {
  const auto found = std::ranges::find(result.histories, name, &ResultHistory::name);
  REQUIRE(found != result.histories.end());
  return *found;
}

std::vector<double> column(const ResultHistory& history, std::string_view name) {
  const auto place = std::ranges::find(history.columns, name);
  REQUIRE(place != history.columns.end());
  std::vector<double> numbers;
  for (const auto& row : history.rows)
    numbers.push_back(row[static_cast<std::size_t>(place - history.columns.begin())]);
  return numbers;
}

double value(const Result& result, std::string_view name) {
  const auto found = std::ranges::find(result.values, name, &ResultValue::name);
  REQUIRE(found != result.values.end());
  return found->value.number();
}

}  // namespace

TEST_CASE("particle_swarm runtime: a schedule starts at the parameter, ends exactly at the end, and is a result") {
  const Session session = full_session();
  for (const char* schedule :
       {"linear", "quadratic", "square_root", "exponential", "generalized_exponential", "cosine", "step_list"}) {
    CAPTURE(schedule);
    const std::string slots = R"("analyzer": {"values": "schedule_values"}, "inertia_updater": {"operator": ")" +
                              std::string(schedule) + R"(_schedule", "in": {"end": 0.35}})";
    const Result result = finished(prepared(session, document(slots, R"("iterations": 40)")));
    CHECK(value(result, "current_inertia") == 0.35);
    const ResultHistory& values = history(result, "values");
    CHECK(values.columns == std::vector<std::string>{"iteration", "current_inertia", "current_personal_best_attraction",
                                                     "current_neighbor_best_attraction", "current_velocity_limit",
                                                     "current_component_limit"});
    const auto inertia = column(values, "current_inertia");
    REQUIRE(inertia.size() == 41);
    CHECK(inertia.front() == 0.7298);
    CHECK(inertia.back() == 0.35);
    CHECK(std::ranges::is_sorted(inertia, std::greater()));
    CHECK(inertia[20] < 0.7298);
    CHECK(inertia[39] > 0.35);
    CHECK(column(values, "current_personal_best_attraction") == std::vector<double>(41, 1.49618));
  }
}

TEST_CASE("particle_swarm runtime: the default ends are valid with every schedule, for all that is scheduled") {
  const Session session = full_session();
  const std::map<std::string, double> ends = {
      {"inertia", 0.4}, {"personal_best_attraction", 0.5}, {"neighbor_best_attraction", 2.5}};
  for (const auto& [name, end] : ends) {
    for (const char* schedule : {"constant", "linear", "quadratic", "square_root", "exponential",
                                 "generalized_exponential", "cosine", "step_list"}) {
      CAPTURE(schedule);
      const std::string slots =
          R"("analyzer": {"values": "schedule_values"}, ")" + name + R"(_updater": ")" + schedule + "_schedule\"";
      const Result result = finished(prepared(session, document(slots, R"("iterations": 9)")));
      const bool is_constant = std::string_view(schedule) == "constant";
      const auto numbers = column(history(result, "values"), "current_" + name);
      CHECK(numbers.back() == (is_constant ? numbers.front() : end));
    }
  }
}

TEST_CASE("particle_swarm runtime: a constant schedule gives the bits of none, and another start is used at once") {
  const Session session = full_session();
  const auto best = [&](const std::string& slots, const std::string& parameters = R"("swarm_size": 30)") {
    return *finished(prepared(session, document(slots, R"("iterations": 30)", "rastrigin", parameters))).best_quality;
  };
  const double plain = best("");
  CHECK(best(R"("inertia_updater": "constant_schedule")") == plain);
  const std::string from = R"("inertia_updater": {"operator": "constant_schedule", "in": {"start": 0.5}})";
  CHECK(best(from) == best("", R"("swarm_size": 30, "inertia": 0.5)"));
  CHECK(best(from) != plain);
  CHECK(best(R"("neighbor_best_attraction_updater": {"operator": "constant_schedule", "in": {"start": 0.9}})") ==
        best("", R"("swarm_size": 30, "neighbor_best_attraction": 0.9)"));
}

TEST_CASE("particle_swarm runtime: what stands around particle_swarm passes schedules on") {
  const Session session = full_session();
  for (const char* algorithm : {"spso_2007", "spso_2011", "particle_swarm_elementary"}) {
    const Job job =
        prepared(session, R"({"format": "skein/1", "run": "t", "algorithm": {"name": ")" + std::string(algorithm) +
                              R"(", "slots": {"inertia_updater": {"operator": "linear_schedule",
        "in": {"end_index": 4}}, "analyzer": {"values": "schedule_values"}}}, "problem": "sphere", "stop": {"iterations": 8}})");
    const Result result = finished(job);
    CHECK(result.iterations == 8);
    CHECK(value(result, "current_inertia") == 0.4);
    CHECK(column(history(result, "values"), "current_inertia")[4] == 0.4);
    CHECK(column(history(result, "values"), "current_inertia")[3] != 0.4);
  }
}

TEST_CASE("particle_swarm runtime: impossible schedules are refused before the run, all at once") {
  const Session session = full_session();
  Diagnostics diagnostics;
  const auto run = session.read_run(document(R"("inertia_updater": {"operator": "exponential_schedule",
      "in": {"end": -0.4, "start_index": 100, "end_index": 50}},
    "personal_best_attraction_updater": {"operator": "generalized_exponential_schedule", "parameters": {"base": 0}},
    "neighbor_best_attraction_updater": {"operator": "step_list_schedule", "parameters": {"steps": []}})",
                                             R"("iterations": 10)"),
                                    "r.json", diagnostics);
  CHECK(!session.prepare(*run, diagnostics));
  CHECK(
      all_text(diagnostics) ==
      "r.json:2:21: error: This schedule cannot end with -0.4, because it goes from number to number by equal factors. "
      "[bad-schedule]\n  path: main loop/adapt inertia/in/end\n  expected: a number greater than 0\n  found: -0.4\n"
      "r.json:2:60: error: This schedule ends at index 50, before it starts at 100. [bad-schedule]\n"
      "  path: main loop/adapt inertia/in/end_index\n  expected: 100 or more\n  found: 50\n"
      "r.json:3:113: error: Parameter 'base' of operator 'generalized_exponential_schedule' must be at least "
      "1e-300 and at most 1e300. "
      "[out-of-range]\n  path: main loop/adapt personal best attraction/parameters/base\n"
      "  expected: at least 1e-300 and at most 1e300\n  found: 0\n"
      "r.json:4:100: error: 'steps' is no list of steps. [bad-schedule]\n"
      "  path: main loop/adapt neighbor best attraction/parameters/steps\n"
      "  expected: one or more pairs such as [0.5, 0.5]\n");
}

TEST_CASE("particle_swarm runtime: every algorithm with schedules refuses weights and limits below 0") {
  const Session session = full_session();
  std::size_t schedules = 0;
  for (const auto& graph : session.registry().graphs()) {
    for (const GraphSlot& slot : graph.content->slots) {
      if (slot.role != "schedule" || !is_algorithm(*graph.content)) continue;
      CAPTURE(graph.name);
      CAPTURE(slot.name);
      ++schedules;
      Diagnostics diagnostics;
      const auto run = session.read_run(R"({"format": "skein/1", "run": "r", "algorithm": {"name": ")" + graph.name +
                                            R"(", "slots": {")" + slot.name +
                                            R"(": {"operator": "linear_schedule", "in": {"start": 1, "end": -1}}}},
        "problem": "sphere", "stop": {"iterations": 10}})",
                                        "r.json", diagnostics);
      REQUIRE(run.has_value());
      CHECK(!session.prepare(*run, diagnostics));
      CHECK(all_text(diagnostics).find("This schedule would end with -1. [bad-schedule]") != std::string::npos);
    }
  }
  CHECK(schedules >= 30);
}

TEST_CASE("particle_swarm runtime: every reason to stop is reached") {
  const Session session = full_session();
  const auto reason = [&](const std::string& stop, const std::string& problem = "sphere") {
    return finished(prepared(session, document("", stop, problem))).stop_reason;
  };
  CHECK(reason(R"("iterations": 5)") == StopReason::iterations);
  CHECK(reason(R"("evaluations": 500)") == StopReason::evaluations);
  CHECK(reason(R"("target_error": 1e-3)") == StopReason::target);
  CHECK(reason(R"("stagnation": 20, "iterations": 20000)", "rastrigin") == StopReason::stagnation);
  CHECK(reason(R"("stagnation": {"iterations": 10, "tolerance": 0.5, "relative": true})") == StopReason::stagnation);
  CHECK(reason(R"("diameter": 1e-3)") == StopReason::diameter);
  CHECK(reason(R"("seconds": 0)") == StopReason::seconds);
}

TEST_CASE("particle_swarm runtime: stagnation ends a run exactly that many iterations after the last improvement") {
  const Session session = full_session();
  const Result result = finished(
      prepared(session, document(R"("analyzer": {"quality": "best_average_worst_quality"})",
                                 R"("iterations": 500, "stagnation": {"iterations": 30, "tolerance": 0.25})")));
  REQUIRE(result.stop_reason == StopReason::stagnation);
  const auto best = column(history(result, "quality"), "best_so_far");
  double remembered = best[0];
  std::size_t improved = 0;
  for (std::size_t i = 1; i < best.size(); ++i) {
    if (remembered - best[i] <= 0.25) continue;
    remembered = best[i];
    improved = i;
  }
  CHECK(best.size() == 1 + static_cast<std::size_t>(result.iterations));
  CHECK(static_cast<std::size_t>(result.iterations) == improved + 30);
}

TEST_CASE("particle_swarm runtime: an objective that is NaN, always or for a half of all, and swarms of one and two") {
  Session session = full_session();
  session.registry().add(operator_table<Undefined>());
  for (const char* size : {"1", "2", "30"}) {
    for (const bool always : {true, false}) {
      CAPTURE(size);
      CAPTURE(always);
      const std::string slots = std::string(all_analyzers) + R"(, "evaluator": {"operator": "undefined", "parameters":
          {"always": )" + (always ? "true" : "false") +
                                "}}";
      const std::string parameters = R"("swarm_size": )" + std::string(size);
      const Result result = finished(prepared(
          session, document(slots, R"("iterations": 900, "stagnation": 25, "diameter": 1e-9)", "sphere", parameters)));
      const ResultHistory& quality = history(result, "quality");
      CHECK(result.histories.size() == 7);
      CHECK(quality.length == static_cast<std::uint64_t>(result.iterations) + 1);
      const std::vector<double> undefined = column(quality, "undefined");
      const std::vector<double> average = column(quality, "average");
      for (std::size_t i = 0; i < undefined.size(); ++i) {
        CHECK(std::isnan(average[i]) == (undefined[i] == std::stod(size)));
      }
      if (!always) continue;
      CHECK(result.stop_reason == StopReason::stagnation);
      CHECK(result.iterations == 25);
      CHECK(!result.best_quality);
      CHECK(!result.difference);
      CHECK(column(history(result, "age"), "improved").back() == 0);
    }
  }
}

TEST_CASE("particle_swarm runtime: analyzers see the initial, every interval-th and the final state once") {
  const Session session = full_session();
  const Result result = finished(prepared(session, document(all_analyzers, R"("iterations": 30)")));
  CHECK(column(history(result, "diversity"), "iteration") == std::vector<double>{0, 7, 14, 21, 28, 30});
  const auto iterations = column(history(result, "quality"), "iteration");
  REQUIRE(iterations.size() == 31);
  for (std::size_t i = 0; i < iterations.size(); ++i) CHECK(iterations[i] == static_cast<double>(i));
  CHECK(history(result, "quality").length == 31);
  const Result none = finished(prepared(session, document(all_analyzers, R"("iterations": 0)")));
  CHECK(column(history(none, "diversity"), "iteration") == std::vector<double>{0});
}

TEST_CASE("particle_swarm runtime: histories agree with each other and with the result") {
  const Session session = full_session();
  const Result result = finished(prepared(session, document(all_analyzers, R"("iterations": 60)")));
  const ResultHistory& quality = history(result, "quality");
  const auto best = column(quality, "best");
  const auto average = column(quality, "average");
  const auto worst = column(quality, "worst");
  const auto so_far = column(quality, "best_so_far");
  double lowest = best.front();
  for (std::size_t i = 0; i < best.size(); ++i) {
    CHECK(best[i] <= average[i]);
    CHECK(average[i] <= worst[i]);
    lowest = std::min(lowest, best[i]);
    CHECK(so_far[i] == lowest);
  }
  CHECK(so_far.back() == *result.best_quality);
  const ResultHistory& solution = history(result, "solution");
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(solution.rows.back()[2 + i] == result.best_solution.list()[i].number());
  }
  CHECK(column(solution, "best_so_far") == so_far);
  CHECK(column(history(result, "age"), "improved").front() == 30);
  CHECK(column(history(result, "topology"), "edges").front() == 30.0 * 4);
  for (const double ratio : column(history(result, "diversity"), "mean_distance")) CHECK((ratio > 0 && ratio < 1));
  CHECK(result.difference == std::abs(*result.best_quality - *result.best_known));
  CHECK(result.best_violation == 0);
}

TEST_CASE("particle_swarm runtime: histories of what is maximised are in the problem's own sense") {
  const Session session = full_session();
  const Job job = prepared(session, R"({"format": "skein/1", "run": "t", "algorithm": {"name": "particle_swarm",
      "slots": {"analyzer": "best_average_worst_quality"}},
      "problem": {"name": "sphere", "dimension": 5, "parameters": {"negate": true}}, "stop": {"iterations": 20}})");
  const Result result = finished(job);
  const ResultHistory& quality = history(result, "analyzer");
  CHECK(column(quality, "best_so_far").back() == *result.best_quality);
  CHECK(column(quality, "best").front() <= 0);
  CHECK(column(quality, "worst").front() < column(quality, "average").front());
}

TEST_CASE("particle_swarm runtime: the same bits with all analyzers for any threads and tiles, and as without them") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  const std::string slots = std::string(all_analyzers) + R"(, "topology_initializer": "ring",
      "inertia_updater": "linear_schedule")";
  const std::string parameters = R"("swarm_size": 700)";
  const Job job = prepared(session, document(slots, R"("iterations": 25)", "griewank", parameters));
  const std::string expected = repeatable(finished(job));
  CHECK(repeatable(finished(job)) == expected);
  for (const std::size_t threads : {1U, 2U, 8U}) {
    for (const std::size_t tile_rows : {0U, 1U, 100U}) CHECK(repeatable(finished(job, threads, tile_rows)) == expected);
  }
  const Job without =
      prepared(session, document(R"("topology_initializer": "ring", "inertia_updater": "linear_schedule")",
                                 R"("iterations": 25)", "griewank", parameters));
  CHECK(finished(without).best_quality == finished(job).best_quality);
}

TEST_CASE("particle_swarm runtime: a checkpoint at any step keeps histories, schedules and stagnation") {
  const Session session = full_session();
  const Job job = prepared(session, document(std::string(all_analyzers) + R"(, "inertia_updater": "cosine_schedule")",
                                             R"("iterations": 14, "stagnation": 9, "diameter": 1e-9)"));
  const std::string expected = repeatable(finished(job));
  for (int steps = 1; steps < 260; steps += 7) {
    Run first(job.plan, job.options);
    for (int i = 0; i < steps; ++i) first.advance(Advance::one_step);
    std::stringstream stream;
    first.checkpoint(stream);
    Run second(job.plan, job.options);
    Diagnostics diagnostics;
    REQUIRE(second.restore(stream, diagnostics));
    second.advance();
    CHECK(repeatable(make_result(job, second)) == expected);
  }
}

TEST_CASE("particle_swarm runtime: a long run keeps its histories bounded and allocates nothing") {
  const Session session = full_session();
  const Job job = prepared(session, document(all_analyzers, R"("iterations": 3000)"));
  RunOptions options = job.options;
  options.threads = 1;
  Run run(job.plan, options);
  for (int step = 0; step < 200; ++step) run.advance(Advance::one_step);
  const AllocationCount count;
  run.advance();
  if (counts_allocations()) CHECK(count.allocations() == 0);
  const Result result = make_result(job, run);
  const ResultHistory& quality = history(result, "quality");
  CHECK(quality.length == 3001);
  CHECK(quality.stride == 8);
  CHECK(quality.rows.size() == 3000 / 8 + 1);
  CHECK(quality.rows.back()[0] == 3000);
  CHECK(quality.rows[1][0] == 8);
}

TEST_CASE(
    "particle_swarm runtime: a run changes neither the document nor the problem, and runs after it are the same") {
  const Session session = full_session();
  const std::string text =
      document(R"("inertia_updater": "linear_schedule", "topology_updater": "multi_swarm")", R"("iterations": 40)");
  const Job job = prepared(session, text);
  const Value before = write_run(job.document);
  const Problem problem = *job.problem;
  const Result first = finished(job);
  CHECK(write_run(job.document) == before);
  CHECK(job.problem->best_known == problem.best_known);
  REQUIRE(job.problem->published.size() == problem.published.size());
  for (std::size_t i = 0; i < problem.published.size(); ++i) {
    CHECK(job.problem->published[i].data == problem.published[i].data);
  }
  const Result second = finished(job);
  CHECK(second.best_quality == first.best_quality);
  CHECK(second.best_solution == first.best_solution);
}

TEST_CASE("particle_swarm runtime: another problem on the same session leaves nothing of the one before") {
  const auto result_of = [](const Session& session, const char* problem) {
    return finished(prepared(session, R"({"format": "skein/1", "run": "t", "algorithm": {"name": "particle_swarm",
        "parameters": {"swarm_size": 20}}, "problem": )" +
                                          std::string(problem) + R"(, "stop": {"iterations": 30}})"));
  };
  const char* sphere = R"({"name": "sphere", "dimension": 4})";
  const char* rastrigin = R"({"name": "rastrigin", "dimension": 9})";
  const char* knapsack = R"({"name": "knapsack", "parameters": {"instance": 2}})";
  const Session session = full_session();
  for (const char* problem : {sphere, rastrigin, knapsack, sphere, knapsack, rastrigin}) {
    CAPTURE(problem);
    const Result swapped = result_of(session, problem);
    const Result alone = result_of(full_session(), problem);
    CHECK(swapped.best_quality == alone.best_quality);
    CHECK(swapped.best_solution == alone.best_solution);
    CHECK(swapped.dimension == alone.dimension);
  }
}
