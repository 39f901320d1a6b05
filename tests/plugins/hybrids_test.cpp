// Algorithms that are made of others, and operators that evaluate: swarms and differential evolution with local search.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

constexpr const char* hybrids[] = {"particle_swarm_then_local_search", "memetic_particle_swarm",
                                   "differential_evolution_then_local_search"};

/// `rest`: more of the algorithm, with a comma in front; `stop`: members.
std::string document(const std::string& algorithm, const std::string& rest, const std::string& problem,
                     const std::string& stop) {
  return R"({"format": "skein/1", "run": "test", "algorithm": {"name": ")" + algorithm + "\"" + rest +
         R"(}, "problem": )" + problem + R"(, "stop": {"iterations": 100000, )" + stop + "}}";
}

/// The function of this name in 30 dimensions, its optimum away from the middle.
std::string shifted(const std::string& name) {
  return R"({"name": ")" + name + R"(", "dimension": 30, "transform": [{"shift": 7}]})";
}

Result result_of(const Job& job, std::uint64_t seed = 1, std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options = job.options;
  options.seed = seed;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

double quality(const Session& session, const std::string& algorithm, const std::string& problem, std::uint64_t seed) {
  const Job job = prepared(session, document(algorithm, "", shifted(problem), R"("evaluations": 100000)"));
  return result_of(job, seed).best_quality.value();
}

std::string refusal(const Session& session, const std::string& text) {
  Diagnostics diagnostics;
  const auto read = session.read_run(text, "test.json", diagnostics);
  if (read) CHECK_FALSE(session.prepare(*read, diagnostics).has_value());
  return all_text(diagnostics);
}

}  // namespace

TEST_CASE("hybrids: the same bits for any threads and tiles, by every method of local search") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  for (const char* algorithm : hybrids) {
    for (const char* method : {"nelder_mead", "sbplx", "cobyla", "bobyqa", "lbfgs"}) {
      CAPTURE(algorithm);
      CAPTURE(method);
      const bool memetic = std::string(algorithm) == "memetic_particle_swarm";
      const std::string rest =
          std::string(R"(, "parameters": {"local_search_budget": 300)") +
          (memetic ? R"(, "local_searches": 7, "local_search_interval": 5)" : "") +
          R"(}, "slots": {"local_search": {"operator": "local_search", "parameters": {"method": ")" + method +
          R"("}}})";
      const Job job = prepared(
          session, document(algorithm, rest, R"({"name": "rosenbrock", "dimension": 6})", R"("evaluations": 6000)"));
      const Result expected = result_of(job);
      CHECK(expected.evaluations <= 6000);
      CHECK(expected.evaluations > 5000);
      for (const auto& [threads, tile_rows] : {std::pair{2U, 0U}, std::pair{8U, 1U}, std::pair{8U, 7U}}) {
        const Result found = result_of(job, 1, threads, tile_rows);
        CHECK(found.evaluations == expected.evaluations);
        CHECK(found.best_quality == expected.best_quality);
        CHECK(found.best_solution == expected.best_solution);
      }
    }
  }
}

TEST_CASE("hybrids: a limit on evaluations is never exceeded, wherever it falls") {
  const Session session = full_session();
  for (const char* algorithm : hybrids) {
    for (const int limit : {100, 399, 1000, 1234, 2999}) {
      CAPTURE(algorithm);
      CAPTURE(limit);
      const bool memetic = std::string(algorithm) == "memetic_particle_swarm";
      const std::string rest = std::string(R"(, "parameters": {"local_search_budget": 200)") +
                               (memetic ? R"(, "local_searches": 3, "local_search_interval": 2})" : "}");
      const Job job = prepared(session, document(algorithm, rest, R"({"name": "rosenbrock", "dimension": 6})",
                                                 R"("evaluations": )" + std::to_string(limit)));
      const Result result = result_of(job);
      CHECK(result.evaluations <= static_cast<std::uint64_t>(limit));
    }
  }
}

TEST_CASE("hybrids: nothing is searched after the target") {
  const Session session = full_session();
  const Job job = prepared(session, document("particle_swarm_then_local_search", "",
                                             R"({"name": "sphere", "dimension": 6})", R"("target": 0.01)"));
  const Result result = result_of(job);
  CHECK(result.stop_reason == StopReason::target);
  CHECK(result.evaluations % 40 == 0);
  CHECK(result.evaluations_to_target.value() <= result.evaluations);
  // And a search ends where it reaches it.
  const Job later =
      prepared(session, document("particle_swarm_then_local_search", "", R"({"name": "sphere", "dimension": 6})",
                                 R"("target": 1e-9, "evaluations": 3100)"));
  const Result searched = result_of(later);
  CHECK(searched.evaluations % 40 != 0);
  CHECK(searched.evaluations_to_target == searched.evaluations);
  CHECK(searched.best_quality.value() <= 1e-9);
}

TEST_CASE("hybrids: constraints are kept") {
  const Session session = full_session();
  const Job job = prepared(session, document("particle_swarm_then_local_search",
                                             R"(, "parameters": {"local_search_budget": 3000},
 "slots": {"local_search": {"operator": "local_search", "parameters": {"method": "cobyla"}}})",
                                             R"("welded_beam")", R"("evaluations": 10000)"));
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  const auto fitness = run.variable("best_fitness");
  REQUIRE(fitness.has_value());
  CHECK(In<double>(*fitness).row(0)[0] == 0.0);
  CHECK(make_result(job, run).best_quality.value() < 1.8);
}

TEST_CASE("hybrids: encodings without local search are refused") {
  const Session session = full_session();
  for (const char* algorithm : {"particle_swarm_then_local_search", "memetic_particle_swarm"}) {
    const std::string text =
        refusal(session, document(algorithm, "", R"({"name": "one_max", "dimension": 20})", R"("evaluations": 1000)"));
    CHECK(text.find("[empty-slot]") != std::string::npos);
    CHECK(
        text.find("needs something for the role 'local_search', and problem 'one_max' (encoding binary_vector) offers "
                  "nothing for it.") != std::string::npos);
    CHECK(text.find("a problem with the encoding real_vector") != std::string::npos);
  }
}

TEST_CASE("hybrids: local search that a document asks for is refused for integers and bits, which it would not keep") {
  const Session session = full_session();
  const char* const chosen = R"(, "slots": {"local_search": "local_search"})";
  const char* const bits = R"({"name": "one_max", "dimension": 20})";
  const auto said = [&](const char* algorithm, const char* problem) {
    return refusal(session, document(algorithm, chosen, problem, R"("evaluations": 10000)"));
  };
  const std::string of_integers = said("particle_swarm_then_local_search", R"("gear_train")");
  CHECK_MESSAGE(
      of_integers.find("error: Port 'position' writes any real numbers, where only whole ones may stand. "
                       "[type-mismatch]\n  path: polish/search/out/position\n  expected: real[n,d]\n"
                       "  found: 'polish/found.position', which is whole[n,4] of polish/found\n") != std::string::npos,
      of_integers);
  const std::string of_bits = said("particle_swarm_then_local_search", bits);
  CHECK_MESSAGE(
      of_bits.find("error: Port 'position' takes another type. [type-mismatch]\n"
                   "  path: polish/search/out/position\n  expected: real[n,d]\n"
                   "  found: 'polish/found.position', which is binary[n,20] of polish/found\n") != std::string::npos,
      of_bits);
  const std::string of_swarm = said("memetic_particle_swarm", R"("gear_train")");
  CHECK_MESSAGE(of_swarm.find("found: Port 'position' writes any real numbers, where only whole ones may stand. "
                              "Expected real[n,d], found 'swarm.personal_best', which is whole[n,4] of swarm\n") !=
                    std::string::npos,
                of_swarm);
  CHECK(said("memetic_particle_swarm", bits).find("found 'swarm.personal_best', which is binary[n,20] of swarm") !=
        std::string::npos);
  // And nothing offers it where nobody asks.
  CHECK(refusal(session, document("memetic_particle_swarm", "", R"("gear_train")", R"("evaluations": 1000)"))
            .find("needs something for the role 'local_search', and problem 'gear_train' (encoding integer_vector) "
                  "offers nothing for it.") != std::string::npos);
}

TEST_CASE("hybrids: local search ends what differential evolution begins, separable or not") {
  const Session session = full_session();
  for (const std::uint64_t seed : {1U, 2U}) {
    CHECK(quality(session, "differential_evolution_then_local_search", "rastrigin", seed) < 1e-8);
    CHECK(quality(session, "differential_evolution_then_local_search", "rosenbrock", seed) < 1e-12);
    CHECK(quality(session, "memetic_particle_swarm", "rosenbrock", seed) < 1e-8);
  }
}
