// The particle swarm, unchanged, on every encoding: same bits for any threads, and what it finds.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "skein/host_problem.hpp"
#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

const char* const problems[] = {R"({"name": "one_max", "dimension": 33})",
                                R"({"name": "knapsack", "parameters": {"instance": 6}})", R"("gear_train")",
                                R"({"name": "travelling_salesman", "parameters": {"file": "ulysses22"}})"};

std::string swarm_document(const std::string& algorithm_rest, const std::string& problem, int iterations,
                           std::uint64_t seed = 1) {
  return R"({"format": "skein/1", "run": "test", "algorithm": {"name": "particle_swarm")" + algorithm_rest +
         R"(}, "problem": )" + problem + R"(, "seed": )" + std::to_string(seed) + R"(, "stop": {"iterations": )" +
         std::to_string(iterations) + "}}";
}

Result result_of(const Job& job, std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

double best_of(const Session& session, const std::string& document) {
  const Result result = result_of(prepared(session, document));
  REQUIRE(result.best_quality.has_value());
  return *result.best_quality;
}

/// Every choice that an encoding offers for a role that the particle swarm has a slot for, one at a time.
std::vector<std::string> choices(const EncodingSpec& encoding) {
  const std::set<std::string> of_others = {"crossover", "mutation", "neighbor", "differential_mutation"};
  std::vector<std::string> slots = {""};
  for (const Offer& offer : encoding.offers) {
    if (of_others.contains(offer.role)) continue;
    slots.push_back(R"(, "slots": {")" + offer.role + R"(": ")" + offer.name + R"("})");
  }
  return slots;
}

}  // namespace

TEST_CASE("encodings: every offer works, with the same bits for any threads and tiles") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  std::set<std::string> encodings;
  for (const char* problem : problems) {
    CAPTURE(problem);
    const Job defaults = prepared(session, swarm_document("", problem, 1));
    const std::string name = defaults.problem->encoding;
    encodings.insert(name);
    for (const std::string& slots : choices(*session.registry().find_encoding(name))) {
      CAPTURE(slots);
      const Job job = prepared(session, swarm_document(R"(, "parameters": {"swarm_size": 150})" + slots, problem, 12));
      const Result expected = result_of(job);
      CHECK(expected.evaluations == 150 * 13);
      CHECK(expected.best_solution.list().size() == job.problem->dimension);
      for (const std::size_t threads : {2U, 8U}) {
        for (const std::size_t tile_rows : {0U, 1U, 7U}) {
          const Result found = result_of(job, threads, tile_rows);
          CHECK(found.best_quality == expected.best_quality);
          CHECK(found.best_solution == expected.best_solution);
        }
      }
    }
  }
  CHECK(encodings == std::set<std::string>{"binary_vector", "integer_vector", "permutation"});
}

TEST_CASE("encodings: nothing is allocated per iteration") {
  const Session session = full_session();
  for (const char* problem : problems) {
    CAPTURE(problem);
    const Job job = prepared(session, swarm_document("", problem, 60));
    RunOptions options = job.options;
    options.threads = 1;
    Run few(prepared(session, swarm_document("", problem, 10)).plan, options);
    Run many(job.plan, options);
    const AllocationCount of_few;
    REQUIRE(few.advance() == RunState::finished);
    const std::size_t few_allocations = of_few.allocations();
    REQUIRE(many.advance() == RunState::finished);
    CHECK(of_few.allocations() - few_allocations <= few_allocations);
  }
}

TEST_CASE("encodings: particles stay solutions") {
  const Session session = full_session();
  for (const char* updater : {"rounding_updater", "stochastic_rounding_updater"}) {
    const Job job = prepared(
        session,
        swarm_document(R"(, "slots": {"particle_updater": ")" + std::string(updater) + R"("})", R"("gear_train")", 50));
    Run run(job.plan, job.options);
    REQUIRE(run.advance() == RunState::finished);
    const In<double> position(run.variable("swarm.position").value());
    for (std::size_t row = 0; row < position.rows(); ++row) {
      for (std::size_t i = 0; i < 4; ++i) {
        const double x = position(row, i);
        CHECK((x >= 12 && x <= 60 && x == double(int(x))));
      }
    }
  }
  const Job job = prepared(session, swarm_document("", R"("travelling_salesman")", 50));
  const Result result = result_of(job);
  std::vector<std::int64_t> cities;
  for (const Value& city : result.best_solution.list()) cities.push_back(std::get<std::int64_t>(city.data));
  std::ranges::sort(cities);
  for (std::size_t i = 0; i < 14; ++i) CHECK(cities[i] == std::int64_t(i));
}

TEST_CASE("encodings: one_max with 50 bits is solved") {
  const Session session = full_session();
  const std::string problem = R"({"name": "one_max", "dimension": 50})";
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    CAPTURE(seed);
    CHECK(best_of(session, swarm_document("", problem, 1000, seed)) == 50);
  }
  const std::string parameters =
      R"(, "parameters": {"inertia": 0.9, "personal_best_attraction": 2, "neighbor_best_attraction": 2})";
  for (const char* updater : {"sigmoid_updater", "v_shaped_updater"}) {
    CAPTURE(updater);
    CHECK(best_of(session, swarm_document(parameters + R"(, "slots": {"particle_updater": ")" + updater + R"("})",
                                          problem, 1000)) == 50);
  }
}

TEST_CASE("encodings: the updater of Kennedy and Eberhart is sigmoid_updater with an inertia of 1") {
  const Session session = full_session();
  const char* problem = R"({"name": "knapsack", "parameters": {"instance": 7}})";
  const auto solution = [&](const std::string& rest) {
    return result_of(prepared(session, swarm_document(rest, problem, 20))).best_solution;
  };
  const Value expected = solution(R"(, "parameters": {"inertia": 1.0}, "slots": {"particle_updater":
      {"operator": "sigmoid_updater", "streams": {"cognitive": "main loop/move/draw/cognitive",
      "social": "main loop/move/draw/social", "bits": "main loop/move/draw/bits"}}})");
  CHECK(solution("") == expected);
  CHECK_FALSE(solution(R"(, "slots": {"particle_updater": "sigmoid_updater"})") == expected);
}

TEST_CASE("encodings: the particle swarm finds optima of knapsacks") {
  const Session session = full_session();
  const double optima[] = {3800, 8706.1, 4015, 6120};
  for (int instance = 1; instance <= 4; ++instance) {
    CAPTURE(instance);
    const Result result = result_of(prepared(
        session,
        swarm_document("", R"({"name": "knapsack", "parameters": {"instance": )" + std::to_string(instance) + "}}",
                       1000)));
    CHECK(*result.best_quality == doctest::Approx(optima[instance - 1]).epsilon(1e-12));
    CHECK(result.best_known == optima[instance - 1]);
  }
}

TEST_CASE("encodings: the particle swarm finds the shortest tour of burma14 and the best gear train") {
  const Session session = full_session();
  CHECK(best_of(session, swarm_document("", R"("travelling_salesman")", 1000)) == 3323);
  double smallest = 1;
  for (std::uint64_t seed = 1; seed <= 7; ++seed) {
    smallest = std::min(smallest, best_of(session, swarm_document(R"(, "slots": {"topology_initializer": "ring"})",
                                                                  R"("gear_train")", 3000, seed)));
  }
  CHECK(smallest == doctest::Approx(2.700857e-12).epsilon(1e-6));
}

TEST_CASE("encodings: any updater of real vectors moves integers and permutations") {
  const Session session = full_session();
  for (const char* updater :
       {"inertia_weight", "spso_2007_updater", "spso_2011_updater", "inertia_weight_elementary"}) {
    CAPTURE(updater);
    const std::string name(updater);
    CHECK(best_of(session, swarm_document(R"(, "slots": {"particle_updater": {"graph": "rounding_updater", "slots":
          {"real_updater": ")" + name + R"("}}})",
                                          R"("gear_train")", 50)) < 1e-5);
    CHECK(best_of(session, swarm_document(R"(, "slots": {"particle_updater": ")" + name + R"("})",
                                          R"("travelling_salesman")", 50)) < 5000);
  }
}

TEST_CASE("encodings: an updater of another encoding is refused before the run") {
  const Session session = full_session();
  for (const bool is_sphere : {false, true}) {
    CAPTURE(is_sphere);
    const std::string problem = is_sphere ? R"("sphere")" : R"("knapsack")";
    const std::string updater = is_sphere ? "sigmoid_updater" : "inertia_weight";
    Diagnostics diagnostics;
    const auto document =
        session.read_run(swarm_document(R"(, "slots": {"particle_updater": ")" + updater + R"("})", problem, 10),
                         "test.json", diagnostics);
    REQUIRE(document.has_value());
    CHECK_FALSE(session.prepare(*document, diagnostics).has_value());
    CHECK(diagnostics.has_errors());
  }
}

TEST_CASE("encodings: what writes real numbers is refused for integers, and what writes integers for keys") {
  const Session session = full_session();
  const auto fitting = [&](const char* problem, const std::string& slot) {
    Diagnostics diagnostics;
    const auto document = session.read_run(swarm_document("", problem, 10), "test.json", diagnostics);
    std::set<std::string> names;
    for (const SlotChoices& choices : session.slot_choices(document.value(), diagnostics)) {
      if (choices.slot != slot) continue;
      for (const Candidate& candidate : choices.candidates) {
        if (candidate.fits) names.insert(candidate.name);
      }
    }
    return names;
  };
  using Names = std::set<std::string>;
  CHECK(fitting(R"("gear_train")", "particle_creator") == Names{"uniform_integer_creator"});
  CHECK(fitting(R"("gear_train")", "particle_updater") == Names{"rounding_updater", "stochastic_rounding_updater"});
  CHECK(fitting(R"("gear_train")", "bounds_handling").empty());
  const Names of_keys = fitting(R"("travelling_salesman")", "particle_updater");
  CHECK(of_keys.contains("inertia_weight"));
  CHECK_FALSE(of_keys.contains("rounding_updater"));
  CHECK(fitting(R"("travelling_salesman")", "particle_creator") == Names{"uniform_creator"});
}

TEST_CASE("encodings: a host problem with integers has bounds that are integers") {
  const Session session = full_session();
  Diagnostics diagnostics;
  const auto document = session.read_run(R"({"format": "skein/1", "run": "test", "algorithm": "particle_swarm",
      "problem": "host", "stop": {"iterations": 20}})",
                                         "test.json", diagnostics);
  HostProblem host;
  host.encoding = "integer_vector";
  host.dimension = 3;
  host.lower = {-4};
  host.upper = {9};
  host.objective = [](std::span<const double> x) { return x[0] * x[0] + x[1] * x[1] + (x[2] - 3) * (x[2] - 3); };
  const auto job = session.prepare(document.value(), make_problem(host, diagnostics), diagnostics);
  REQUIRE_MESSAGE(job.has_value(), all_text(diagnostics));
  CHECK(result_of(*job).best_solution ==
        Value(List{Value(std::int64_t{0}), Value(std::int64_t{0}), Value(std::int64_t{3})}));

  host.lower = {-4.5};
  CHECK_FALSE(session.prepare(document.value(), make_problem(host, diagnostics), diagnostics).has_value());
  REQUIRE(diagnostics.items().size() == 2);  // creator and updater
  for (const Diagnostic& item : diagnostics.items()) {
    CHECK(item.code == "unfit-slot");
    CHECK(item.found ==
          "Port 'lower' takes another type. Expected whole[d], found 'lower of the problem', which is real[3]");
  }
}

TEST_CASE("encodings: a problem that says its numbers are whole is held to it") {
  const Session session = full_session();
  Diagnostics diagnostics;
  const auto document = session.read_run(R"({"format": "skein/1", "run": "test", "algorithm": "particle_swarm",
      "problem": "host", "stop": {"iterations": 20}})",
                                         "test.json", diagnostics);
  HostProblem host;
  host.name = "teeth";
  host.encoding = "integer_vector";
  host.published = {{"lower", "whole[d]", {0.25}}, {"upper", "whole[d]", {9}}};
  host.objective = [](std::span<const double> x) { return x[0]; };
  CHECK_FALSE(session.prepare(document.value(), make_problem(host, diagnostics), diagnostics).has_value());
  CHECK(all_text(diagnostics) ==
        "test.json:1:51: error: Problem 'teeth' publishes 'lower' as whole[d], but not all of its numbers are whole. "
        "[bad-problem]\n"
        "  path: problem\n  expected: integers from -2^53 to 2^53\n  found: 0.25\n");
}

TEST_CASE("encodings: a problem without its encoding is refused by name") {
  Session session;
  Diagnostics diagnostics;
  PluginSources sources = builtin_plugins();
  std::erase_if(sources.builtin,
                [](const BuiltinPlugin& plugin) { return std::string(plugin.descriptor->name) == "permutation"; });
  session.load_plugins(sources, diagnostics);
  CHECK(all_text(diagnostics).find("permutation") != std::string::npos);
  CHECK(session.registry().find_problem("travelling_salesman") == nullptr);
  CHECK(session.registry().find_graph("particle_swarm") != nullptr);
}
