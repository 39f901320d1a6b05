// Particle swarms on islands: frames that run side by side and exchange positions.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "skein/fitness.hpp"
#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

std::string document(
    const std::string& parameters, const std::string& stop, const std::string& slots = "",
    const std::string& problem = R"({"name": "rastrigin", "dimension": 10, "transform": [{"shift": 3}]})") {
  return R"({"format": "skein/1", "run": "islands", "algorithm": {"name": "island_particle_swarm", "parameters": {)" +
         parameters + R"(}, "slots": {)" + slots + R"(}}, "problem": )" + problem + R"(, "stop": {)" + stop + "}}";
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

std::int64_t value_of(const Result& result, const std::string& name) {
  const auto found = std::ranges::find(result.values, name, &ResultValue::name);
  REQUIRE(found != result.values.end());
  return static_cast<std::int64_t>(found->value.number());
}

/// What of an island a migration concerns.
struct Island {
  std::vector<std::vector<double>> best, position;
  std::vector<std::vector<double>> best_fitness, fitness;
  friend bool operator==(const Island&, const Island&) = default;
};

std::vector<std::vector<double>> rows(const Run& run, const std::string& name) {
  const auto view = run.variable(name);
  REQUIRE_MESSAGE(view.has_value(), name);
  const In<double> column(*view);
  std::vector<std::vector<double>> result;
  for (std::size_t row = 0; row < column.rows(); ++row) {
    result.emplace_back(column.row(row), column.row(row) + column.width());
  }
  return result;
}

std::vector<Island> islands_of(const Run& run, std::size_t count) {
  std::vector<Island> islands;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string swarm = "island[" + std::to_string(i) + "]/island_swarm.";
    islands.push_back({rows(run, swarm + "personal_best"), rows(run, swarm + "position"),
                       rows(run, swarm + "personal_best_fitness"), rows(run, swarm + "fitness")});
  }
  return islands;
}

bool is_better(const std::vector<double>& a, const std::vector<double>& b) {
  return better(FitnessRow{a.data(), a.size()}, FitnessRow{b.data(), b.size()});
}

/// What the documentation of `emigrate` and `immigrate` says, with sorted lists.
std::vector<Island> migrated(const std::vector<Island>& before, std::size_t migrants,
                             const std::vector<std::vector<std::size_t>>& sources, std::int64_t& replaced) {
  struct Emigrant {
    std::vector<double> solution, fitness;
  };
  std::vector<std::vector<Emigrant>> leaving;
  for (const Island& island : before) {
    std::vector<std::size_t> order(island.best.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return is_better(island.best_fitness[a], island.best_fitness[b]); });
    leaving.emplace_back();
    for (std::size_t i = 0; i < migrants; ++i) {
      leaving.back().push_back({island.best[order[i]], island.best_fitness[order[i]]});
    }
  }
  std::vector<Island> after = before;
  for (std::size_t i = 0; i < after.size(); ++i) {
    std::vector<Emigrant> arriving;
    for (const std::size_t source : sources[i]) {
      arriving.insert(arriving.end(), leaving[source].begin(), leaving[source].end());
    }
    std::ranges::stable_sort(arriving,
                             [](const Emigrant& a, const Emigrant& b) { return is_better(a.fitness, b.fitness); });
    for (const Emigrant& emigrant : arriving) {
      std::size_t worst = 0;
      for (std::size_t row = 1; row < after[i].best.size(); ++row) {
        if (!is_better(after[i].best_fitness[row], after[i].best_fitness[worst])) worst = row;
      }
      if (!is_better(emigrant.fitness, after[i].best_fitness[worst])) break;
      after[i].best[worst] = after[i].position[worst] = emigrant.solution;
      after[i].best_fitness[worst] = after[i].fitness[worst] = emigrant.fitness;
      ++replaced;
    }
  }
  return after;
}

std::int64_t integer(const Run& run, const char* name) { return In<std::int64_t>(*run.variable(name)).value(); }

/// Looks at every migration of a run.
void check_migrations(const Job& job, std::size_t count, std::size_t migrants,
                      const std::vector<std::vector<std::size_t>>& sources) {
  Run run(job.plan, job.options);
  std::vector<Island> before;
  std::vector<Island> between;
  std::int64_t expected = 0;
  std::int64_t migrations = 0;
  while (run.state() != RunState::finished) {
    // Reading all islands takes time: the initial swarms need not be looked at.
    const bool begun = integer(run, "iterations") > 0;
    before = std::move(between);
    if (begun) between = islands_of(run, count);
    run.advance(Advance::one_step);
    if (integer(run, "migrations") == migrations) continue;
    ++migrations;
    // The step that counts comes behind the one that replaces.
    CHECK(migrated(before, migrants, sources, expected) == between);
    CHECK(integer(run, "arrived") + integer(run, "immigrants") == expected);
  }
  CHECK(migrations == 4);
  CHECK(expected > 0);
  CHECK(integer(run, "immigrants") == expected);
}

}  // namespace

TEST_CASE("islands: limits of iterations and evaluations are kept exactly, all islands counted") {
  const Session session = full_session();
  const std::string four = R"("islands": 4, "island_size": 10, "migration_interval": 25)";
  const Result iterations = finished(prepared(session, document(four, R"("iterations": 60)")));
  CHECK(iterations.iterations == 60);
  CHECK(iterations.evaluations == 40 * 61);
  CHECK(iterations.stop_reason == StopReason::iterations);
  CHECK(value_of(iterations, "migrations") == 2);
  for (const auto& [limit, evaluations] : {std::pair{1003, 1000}, {40, 40}, {1000, 1000}, {79, 40}, {2040, 2040}}) {
    const Result result = finished(prepared(session, document(four, R"("evaluations": )" + std::to_string(limit))));
    CHECK(result.evaluations == static_cast<std::uint64_t>(evaluations));
    CHECK(result.stop_reason == StopReason::evaluations);
  }
}

TEST_CASE("islands: a target ends the run when the islands are looked at next") {
  const Session session = full_session();
  const Job job = prepared(session, document(R"("migration_interval": 20)", R"("iterations": 2000, "target": 1e-3)", "",
                                             R"({"name": "sphere", "dimension": 5})"));
  const Result result = finished(job);
  CHECK(result.stop_reason == StopReason::target);
  CHECK(result.best_quality.value() <= 1e-3);
  CHECK(result.iterations % 20 == 0);
  REQUIRE(result.evaluations_to_target.has_value());
  CHECK(*result.evaluations_to_target <= result.evaluations);
  CHECK(*result.evaluations_to_target + 20 * 40 > result.evaluations);
}

TEST_CASE("islands: the best of all islands is the result, and the joined swarm is what they are") {
  const Session session = full_session();
  const Job job = prepared(session, document(R"("islands": 3, "island_size": 7)", R"("iterations": 40)"));
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  double best = 1e300;
  std::vector<std::vector<double>> joined;
  for (const Island& island : islands_of(run, 3)) {
    for (const auto& fitness : island.best_fitness) best = std::min(best, fitness[1]);
    joined.insert(joined.end(), island.position.begin(), island.position.end());
  }
  CHECK(make_result(job, run).best_quality.value() == best);
  CHECK(rows(run, "swarm.position") == joined);
  CHECK(joined.size() == 21);
}

TEST_CASE("islands: a migration does what a plain version of it does") {
  const Session session = full_session();
  const auto job = [&](const std::string& migrants, const std::string& topology) {
    return prepared(session,
                    document(R"("islands": 4, "island_size": 6, "migration_interval": 5, "migrants": )" + migrants,
                             R"("iterations": 25)", R"("migration_topology": )" + topology));
  };
  check_migrations(job("1", R"("ring")"), 4, 1, {{3, 1}, {0, 2}, {1, 3}, {2, 0}});
  check_migrations(job("2", R"("fully_connected")"), 4, 2, {{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}});
  // more emigrants than particles
  check_migrations(job("6", R"("fully_connected")"), 4, 6, {{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}});
}

TEST_CASE("islands: without migration each island is as if it were alone") {
  const Session session = full_session();
  const auto islands_after = [&](const std::string& parameters) {
    const Job job = prepared(session, document(parameters, R"("iterations": 60)"));
    Run run(job.plan, job.options);
    REQUIRE(run.advance() == RunState::finished);
    return islands_of(run, 2);
  };
  const auto two = islands_after(R"("islands": 2, "migration_interval": 0)");
  const auto five = islands_after(R"("islands": 5, "migration_interval": 0)");
  CHECK(two[0] == five[0]);
  CHECK(two[1] == five[1]);
  CHECK_FALSE(two[0] == two[1]);
  CHECK_FALSE(two == islands_after(R"("islands": 2, "migration_interval": 5)"));
}

TEST_CASE("islands: one island, islands of one particle, a migration after every pass") {
  const Session session = full_session();
  for (const std::string parameters :
       {R"("islands": 1)", R"("islands": 7, "island_size": 1)", R"("islands": 3, "migration_interval": 1)",
        R"("islands": 1, "island_size": 1, "migration_interval": 1)"}) {
    CAPTURE(parameters);
    const Result result = finished(prepared(session, document(parameters, R"("iterations": 30)")));
    CHECK(result.iterations == 30);
    CHECK(result.best_quality.has_value());
  }
  CHECK(
      value_of(finished(prepared(session, document(R"("islands": 1, "migration_interval": 1)", R"("iterations": 30)"))),
               "immigrants") == 0);
  const Result none = finished(prepared(session, document("", R"("iterations": 0)")));
  CHECK(none.evaluations == 40);
  CHECK(none.iterations == 0);
}

TEST_CASE("islands: the same bits for any number of threads and any tiles") {
  const ThreadLimit allowed(8);
  const Session session = full_session();
  for (
      const std::string slots :
      {R"("migration_topology": {"operator": "random_distinct", "parameters": {"k": 1}})",
       R"("topology_updater": "adaptive_random", "topology_initializer": "spso_random", "inertia_updater": "linear_schedule")",
       R"("migration_topology": "fully_connected", "bounds_handling": "reflect_and_reverse")"}) {
    CAPTURE(slots);
    const Job job = prepared(
        session, document(R"("islands": 5, "island_size": 9, "migration_interval": 7)", R"("iterations": 60)", slots));
    const Result expected = finished(job);
    for (const std::size_t threads : {2U, 8U}) {
      for (const std::size_t tile : {0U, 1U}) {
        const Result other = finished(job, 1, threads, tile);
        CHECK(other.best_quality == expected.best_quality);
        CHECK(other.best_solution == expected.best_solution);
        CHECK(other.evaluations == expected.evaluations);
        CHECK(value_of(other, "immigrants") == value_of(expected, "immigrants"));
      }
    }
    CHECK(finished(job, 2).best_quality != expected.best_quality);
  }
}

TEST_CASE("islands: a run that is continued from a checkpoint ends with the same bits") {
  const Session session = full_session();
  const Job job = prepared(session, document(R"("islands": 3, "migration_interval": 7)", R"("iterations": 50)"));
  const Result expected = finished(job);
  for (int steps = 3; steps < 60; steps += 11) {
    Run run(job.plan, job.options);
    for (int step = 0; step < steps; ++step) run.advance(Advance::one_step);
    std::stringstream checkpoint;
    run.checkpoint(checkpoint);
    Run resumed(job.plan, job.options);
    Diagnostics diagnostics;
    REQUIRE_MESSAGE(resumed.restore(checkpoint, diagnostics), all_text(diagnostics));
    REQUIRE(resumed.advance() == RunState::finished);
    const Result result = make_result(job, resumed);
    CHECK(result.best_solution == expected.best_solution);
    CHECK(result.evaluations == expected.evaluations);
    CHECK(value_of(result, "immigrants") == value_of(expected, "immigrants"));
  }
}

TEST_CASE("islands: nothing is allocated while they migrate") {
  const Session session = full_session();
  const Job job = prepared(session, document(R"("migration_interval": 5)", R"("iterations": 2000)"));
  Run run(job.plan, job.options);
  for (int step = 0; step < 400; ++step) run.advance(Advance::one_step);
  const AllocationCount count;
  run.advance();
  if (counts_allocations()) CHECK(count.allocations() == 0);
  CHECK(run.state() == RunState::finished);
}

TEST_CASE("islands: solutions of any encoding migrate") {
  const Session session = full_session();
  const Result result =
      finished(prepared(session, document(R"("migration_interval": 5, "velocity_limit": 4)", R"("iterations": 50)", "",
                                          R"({"name": "one_max", "dimension": 30})")));
  CHECK(result.best_quality.value() >= 20);
  CHECK(value_of(result, "migrations") == 9);
}

TEST_CASE("islands: populations and neighbourhoods of another size are refused before the run") {
  const Session session = full_session();
  const std::string graph = R"({"graph": "wrong",
    "ports": {"out": {"best": "solution", "best_fitness": "fitness"}},
    "variables": {"routes": "neighborhood<three>"},
    "frames": {"island": {"count": 2}},
    "populations": {
      "swarm": {"rows": 4, "frames": "island", "columns": {"position": "solution[n]", "fitness": "fitness[n]"}},
      "three": {"rows": 3, "columns": {"sent": "integer[n]"}},
      "all": {"rows": 7, "columns": {"solution": "solution[n]", "cost": "fitness[n]"}}},
    "slots": {"creator": {"role": "particle_creator"}, "evaluator": {"role": "evaluator"}},
    "nodes": {
      "create": {"slot": "creator", "out": {"position": "swarm.position"}},
      "evaluate": {"slot": "evaluator", "in": {"position": "swarm.position"}, "out": {"fitness": "swarm.fitness"}},
      "join": {"operator": "concatenate_rows", "in": {"columns": "swarm.position"}, "inout": {"joined": "all.solution"}},
      "emigrate": {"operator": "emigrate", "in": {"solutions": "swarm.position", "fitness": "swarm.fitness"},
        "out": {"emigrants": "all.solution"}, "inout": {"emigrant_fitness": "all.cost"}},
      "immigrate": {"operator": "immigrate", "in": {"neighborhood": "routes", "emigrants": "all.solution",
        "emigrant_fitness": "all.cost"}, "inout": {"solutions": "swarm.position", "fitness": "swarm.fitness"}},
      "remember": {"operator": "remember_best", "in": {"position": "all.solution", "fitness": "all.cost"}}},
    "flow": [{"parallel": "island", "do": ["create", "evaluate"]}, "join", "emigrate", "immigrate", "remember"]})";
  Diagnostics diagnostics;
  const auto read = session.read_run(R"({"format": "skein/1", "run": "wrong", "algorithm": {"graph": )" + graph +
                                         R"(}, "problem": {"name": "sphere", "dimension": 2}})",
                                     "wrong.json", diagnostics);
  REQUIRE_MESSAGE(read.has_value(), all_text(diagnostics));
  CHECK_FALSE(session.prepare(*read, diagnostics).has_value());
  std::string found;
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    if (diagnostic.severity != Severity::error) continue;
    found += diagnostic.code + " " + diagnostic.path + ": " + diagnostic.expected + ", not " + diagnostic.found + "\n";
  }
  CHECK(found == R"(shape-mismatch join/inout/joined: 8 rows, not 7 rows
shape-mismatch emigrate/out/emigrants: a multiple of 2 rows, not 7 rows
shape-mismatch immigrate/in/neighborhood: a population of 2 rows that is not resized, not 3 rows, at most 3
shape-mismatch immigrate/in/emigrants: a multiple of 2 rows, not 7 rows
)");
}
