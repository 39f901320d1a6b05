// The algorithms `spso_2007` and `spso_2011`, and the start of the velocities as a slot.
#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

std::string document(const std::string& algorithm, const std::string& slots, int iterations) {
  return R"({"format": "skein/1", "run": "test", "algorithm": {"name": ")" + algorithm + R"(", "slots": {)" + slots +
         R"(}}, "problem": {"name": "rastrigin", "dimension": 12}, "stop": {"iterations": )" +
         std::to_string(iterations) + "}}";
}

std::vector<std::uint64_t> result_bits(const Job& job, std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  const Result result = make_result(job, run);
  std::vector<std::uint64_t> bits = {result.evaluations, static_cast<std::uint64_t>(result.iterations)};
  bits.push_back(std::bit_cast<std::uint64_t>(result.best_quality.value()));
  for (const Value& value : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(value.number()));
  return bits;
}

}  // namespace

TEST_CASE("spso: same bits for any number of threads and rows per tile") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  for (const char* algorithm : {"spso_2007", "spso_2011"}) {
    const Job job = prepared(session, document(algorithm, "", 40));
    const auto expected = result_bits(job);
    CHECK(expected[0] == 40 * 41);
    CHECK(expected[1] == 40);
    for (const std::size_t threads : {1U, 2U, 8U}) {
      for (const std::size_t tile_rows : {0U, 1U, 3U, 1000U}) CHECK(result_bits(job, threads, tile_rows) == expected);
    }
  }
}

TEST_CASE("spso: its slots are those of particle_swarm") {
  const Session session = full_session();
  for (const char* algorithm : {"spso_2007", "spso_2011"}) {
    const auto bits = [&](const std::string& slots) {
      return result_bits(prepared(session, document(algorithm, slots, 20)));
    };
    const auto expected = bits("");
    CHECK(bits(R"("topology_initializer": {"operator": "spso_random", "parameters": {"k": 3}})") == expected);
    CHECK(bits(R"("topology_updater": null)") != expected);
    CHECK(bits(R"("topology_initializer": "fully_connected")") != expected);
    CHECK(bits(R"("topology_initializer": "ring")") != expected);
    CHECK(bits(R"("particle_updater": "inertia_weight")") != expected);
    CHECK(bits(R"("velocity_initializer": "zero_velocity")") != expected);
    CHECK(bits(R"("velocity_initializer": null)") == bits(R"("velocity_initializer": "zero_velocity")"));
    CHECK(bits(R"("bounds_handling": null)") != expected);
    CHECK(bits(R"("bounds_handling": "reflect_and_reverse")") != expected);
    CHECK(bits(R"("particle_updater": {"operator": ")" + std::string(algorithm) +
               R"(_updater", "in": {"velocity_limit": 0.1}})") != expected);
  }
}

TEST_CASE("spso: nothing is allocated per iteration") {
  if (!counts_allocations()) return;
  const Session session = full_session();
  for (const char* algorithm : {"spso_2007", "spso_2011"}) {
    const Job job = prepared(session, document(algorithm, "", 200));
    RunOptions options = job.options;
    options.threads = 1;
    Run run(job.plan, options);
    for (int step = 0; step < 40; ++step) run.advance(Advance::one_step);
    const AllocationCount count;
    run.advance();
    CHECK(count.allocations() == 0);
  }
}

TEST_CASE("particle_swarm: the start of the velocities is a slot, and the creator's is zero") {
  const Session session = full_session();
  const auto bits = [&](const std::string& slots) {
    return result_bits(prepared(session, document("particle_swarm", slots, 20)));
  };
  const auto expected = bits("");
  CHECK(bits(R"("velocity_initializer": "zero_velocity")") == expected);
  CHECK(bits(R"("velocity_initializer": "spso_2007_velocity")") != expected);
  CHECK(bits(R"("velocity_initializer": "spso_2011_velocity")") != expected);
}

TEST_CASE("spso: particle_swarm with the same slots and coefficients is the same but for the names of its streams") {
  const Session session = full_session();
  const std::string velocity = R"("velocity_initializer": {"operator": "spso_2007_velocity", "streams": "velocity"}, )";
  const std::string creator = R"("particle_creator": {"operator": "uniform_creator", "streams": "position"}, )";
  const std::string updater = R"("particle_updater": {"operator": "spso_2007_updater",
      "streams": {"cognitive": "first", "social": "second"}})";
  const std::string topology = R"(, "topology_initializer": "ring", "topology_updater": null,
      "bounds_handling": "clamp_and_stop")";
  const std::string slots = velocity + creator + updater + topology;
  const auto expected = result_bits(prepared(session, document("spso_2007", slots, 20)));
  std::string text = document("particle_swarm", slots, 20);
  const std::string name = R"("name": "particle_swarm")";
  text.insert(text.find(name) + name.size(), R"(, "parameters": {"inertia": 0.721, "personal_best_attraction": 1.193,
      "neighbor_best_attraction": 1.193})");
  CHECK(result_bits(prepared(session, text)) == expected);
}
