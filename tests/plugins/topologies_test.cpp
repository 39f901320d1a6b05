// The choices of particle_swarm in whole runs: what topologies, updaters, rules at bounds and schedules do.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "skein/graph_builder.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

/// A run document with these slots, given as JSON.
std::string document(const std::map<std::string, std::string>& slots, int swarm_size = 20, int iterations = 12,
                     const std::string& problem = R"({"name": "rastrigin", "dimension": 5})") {
  std::string filled;
  for (const auto& [slot, content] : slots) filled += (filled.empty() ? "\"" : ", \"") + slot + "\": " + content;
  return R"({"format": "skein/1", "run": "test", "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": )" +
         std::to_string(swarm_size) + R"(}, "slots": {)" + filled + R"(}}, "problem": )" + problem +
         R"(, "stop": {"iterations": )" + std::to_string(iterations) + "}}";
}

std::vector<std::uint64_t> bits_of(const Result& result) {
  std::vector<std::uint64_t> bits = {result.evaluations,
                                     std::bit_cast<std::uint64_t>(result.best_quality.value_or(-1))};
  if (!result.best_solution.is_list()) return bits;
  for (const Value& value : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(value.number()));
  return bits;
}

std::vector<std::uint64_t> found(const Job& job, std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return bits_of(make_result(job, run));
}

std::vector<std::uint64_t> found(const Session& session, const std::map<std::string, std::string>& slots) {
  return found(prepared(session, document(slots)));
}

const std::vector<std::string> initializers = {
    "null",       R"("fully_connected")", R"("ring")", R"("von_neumann")", R"("random_distinct")", R"("spso_random")",
    R"("wheel")", R"("clusters")"};
const std::vector<std::string> topology_updaters = {"null", R"("static_topology")", R"("multi_swarm")",
                                                    R"("adaptive_random")"};

}  // namespace

TEST_CASE("particle_swarm: every topology has a trajectory of its own, and fully_connected is an empty slot") {
  const Session session = full_session();
  std::vector<std::vector<std::uint64_t>> all;
  for (const std::string& initializer : initializers)
    all.push_back(found(session, {{"topology_initializer", initializer}}));
  CHECK(all[0] == all[1]);
  CHECK(found(session, {}) == found(session, {{"topology_initializer", R"("von_neumann")"}}));
  for (std::size_t i = 1; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      CAPTURE(initializers[i]);
      CAPTURE(initializers[j]);
      CHECK(all[i] != all[j]);
    }
  }
}

TEST_CASE("particle_swarm: topology updaters change what they say and nothing else") {
  const Session session = full_session();
  const auto fixed = found(session, {{"topology_initializer", R"("spso_random")"}});
  const auto with = [&](const std::string& updater) {
    return found(session, {{"topology_initializer", R"("spso_random")"}, {"topology_updater", updater}});
  };
  CHECK(with(R"("static_topology")") == fixed);
  CHECK(with(R"("adaptive_random")") != fixed);
  CHECK(with(R"("multi_swarm")") != fixed);
  // What is drawn after the last of 12 iterations moves nobody any more.
  const auto positions = [&](const std::string& updater) {
    const Job job =
        prepared(session, document({{"topology_initializer", R"("spso_random")"}, {"topology_updater", updater}}));
    Run run(job.plan, job.options);
    REQUIRE(run.advance() == RunState::finished);
    const In<double> position(run.variable("swarm.position").value());
    std::vector<double> numbers;
    for (std::size_t row = 0; row < 20; ++row) {
      numbers.insert(numbers.end(), position.row(row), position.row(row) + 5);
    }
    return numbers;
  };
  CHECK(positions(R"({"operator": "multi_swarm", "parameters": {"period": 12}})") == positions("null"));
  CHECK(positions(R"({"operator": "multi_swarm", "parameters": {"period": 11}})") != positions("null"));
  // An initializer that draws nothing makes the same topology again.
  CHECK(found(session, {{"topology_initializer", R"("ring")"}, {"topology_updater", R"("adaptive_random")"}}) ==
        found(session, {{"topology_initializer", R"("ring")"}}));
}

TEST_CASE("particle_swarm: swarms of one, two and three particles run with every topology") {
  const Session session = full_session();
  for (const int particles : {1, 2, 3}) {
    for (const std::string& initializer : initializers) {
      for (const std::string& updater : topology_updaters) {
        if (initializer == "null" && updater == R"("adaptive_random")") continue;
        CAPTURE(particles);
        CAPTURE(initializer);
        CAPTURE(updater);
        const Job job = prepared(
            session, document({{"topology_initializer", initializer}, {"topology_updater", updater}}, particles, 11));
        CHECK(found(job)[0] == std::uint64_t(particles) * 12);
      }
    }
  }
}

TEST_CASE("particle_swarm: drawing topologies anew allocates nothing") {
  if (!counts_allocations()) return;
  const Session session = full_session();
  for (const std::string& initializer : {std::string(R"("spso_random")"), std::string(R"("random_distinct")")}) {
    for (const std::string& updater : {std::string(R"("adaptive_random")"), std::string(R"("multi_swarm")")}) {
      CAPTURE(initializer);
      CAPTURE(updater);
      const Job job =
          prepared(session, document({{"topology_initializer", initializer}, {"topology_updater", updater}}, 30, 400));
      RunOptions options = job.options;
      options.threads = 1;
      Run run(job.plan, options);
      for (int step = 0; step < 300; ++step) run.advance(Advance::one_step);
      const AllocationCount count;
      run.advance();
      CHECK(count.allocations() == 0);
    }
  }
}

TEST_CASE("particle_swarm: who may leave the bounds is penalized, and never the best") {
  const Session session = full_session();
  const std::string text = document({{"bounds_handling", "null"}, {"penalty", R"("penalize_outside")"}}, 20, 60,
                                    R"({"name": "schwefel", "dimension": 3})");
  const Job job = prepared(session, text);
  Run run(job.plan, job.options);
  run.advance();
  const In<double> position(run.variable("swarm.position").value());
  const Result result = make_result(job, run);
  CHECK(result.best_violation == 0);
  for (const Value& coordinate : result.best_solution.list()) CHECK(std::abs(coordinate.number()) <= 500);
  // Without the penalty, Schwefel's function has better values outside.
  const Job unpenalized =
      prepared(session, document({{"bounds_handling", "null"}}, 20, 60, R"({"name": "schwefel", "dimension": 3})"));
  CHECK(std::bit_cast<double>(found(unpenalized)[1]) < *result.best_quality);
}

TEST_CASE("particle_swarm: a topology that is drawn anew every 0 iterations is refused") {
  const Session session = full_session();
  Diagnostics diagnostics;
  const auto read = session.read_run(
      document({{"topology_updater", R"({"operator": "multi_swarm", "parameters": {"period": 0, "swarms": 0}})"}}),
      "test.json", diagnostics);
  REQUIRE(read.has_value());
  CHECK_FALSE(session.prepare(*read, diagnostics).has_value());
  REQUIRE(diagnostics.items().size() == 2);
  for (const Diagnostic& item : diagnostics.items()) CHECK(item.code == "out-of-range");
}

TEST_CASE("slot choices say what fits, and changing them changes nothing") {
  const Session session = full_session();
  RunDocument run;
  run.algorithm.name = "particle_swarm";
  run.problem.name = "sphere";
  Diagnostics diagnostics;
  std::vector<SlotChoices> choices = session.slot_choices(run, diagnostics);
  CHECK(diagnostics.empty());
  const auto slot = [&](const char* name) {
    return *std::find_if(choices.begin(), choices.end(), [&](const SlotChoices& item) { return item.slot == name; });
  };
  const auto fits = [](const SlotChoices& item, const std::string& name) {
    const auto candidate = std::find_if(item.candidates.begin(), item.candidates.end(),
                                        [&](const Candidate& one) { return one.name == name; });
    REQUIRE(candidate != item.candidates.end());
    return candidate->fits;
  };
  CHECK(slot("particle_updater").standard == "inertia_weight");
  CHECK(slot("particle_updater").candidates.front().name == "inertia_weight");
  CHECK(slot("topology_initializer").standard == "von_neumann");
  CHECK(slot("bounds_handling").standard == "clamp_and_bounce");
  CHECK(fits(slot("particle_updater"), "spso_2011_updater"));
  CHECK(fits(slot("particle_updater"), "inertia_weight_elementary"));
  CHECK_FALSE(fits(slot("particle_updater"), "sigmoid_updater"));
  CHECK(fits(slot("topology_updater"), "adaptive_random"));

  for (SlotChoices& item : choices) item.candidates.clear();
  CHECK_FALSE(session.slot_choices(run, diagnostics).front().candidates.empty());

  run.problem.name = "knapsack";
  choices = session.slot_choices(run, diagnostics);
  CHECK_FALSE(fits(slot("particle_updater"), "inertia_weight"));
  CHECK(fits(slot("particle_updater"), "sigmoid_updater"));

  // What is wrong at the slot itself is the candidate's own fault, also where the document makes the same mistake.
  run.problem.name = "sphere";
  run.algorithm.slots = {fill("particle_updater", operation("sigmoid_updater"))};
  choices = session.slot_choices(run, diagnostics);
  CHECK_FALSE(fits(slot("particle_updater"), "sigmoid_updater"));
  CHECK(fits(slot("particle_updater"), "spso_2011_updater"));
  // What is wrong elsewhere is nobody's fault here.
  CHECK(fits(slot("topology_initializer"), "ring"));
  run.algorithm.slots.clear();

  // Graphs that declare the role are listed with the reason why they do not fit.
  CHECK_FALSE(fits(slot("particle_updater"), "kennedy_eberhart_updater"));
  CHECK(fits(slot("particle_updater"), "constriction"));
  CHECK(fits(slot("bounds_handling"), "clamp_and_stop_elementary"));
  for (const SlotChoices& item : choices) {
    for (const Candidate& candidate : item.candidates) CHECK(candidate.fits == !candidate.findings.has_errors());
  }

  run.problem.name = "no_such_problem";
  CHECK(session.slot_choices(run, diagnostics).empty());
  CHECK(diagnostics.has_errors());
}
