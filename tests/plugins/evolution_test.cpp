// Genetic algorithm, differential evolution and simulated annealing as graphs.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/plugins/plain_differential_evolution.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/plugins/samples.hpp"
#include "tests/support/allocation_count.hpp"
#include "tests/support/sanitizer.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

const char* const sphere = R"({"name": "sphere", "dimension": 10})";
const char* const one_max = R"({"name": "one_max", "dimension": 50})";
const char* const knapsack = R"({"name": "knapsack", "parameters": {"instance": 6}})";
const char* const tour = R"("travelling_salesman")";
const char* const gear_train = R"("gear_train")";

std::string document(const std::string& algorithm, const std::string& rest, const std::string& problem,
                     int iterations) {
  return R"({"format": "skein/1", "run": "test", "algorithm": {"name": ")" + algorithm + "\"" + rest +
         R"(}, "problem": )" + problem + R"(, "stop": {"iterations": )" + std::to_string(iterations) + "}}";
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

std::vector<double> values_of(const Session& session, const std::string& text, unsigned seeds) {
  const Job job = prepared(session, text);
  std::vector<double> values;
  for (unsigned seed = 1; seed <= seeds; ++seed) values.push_back(result_of(job, seed).best_quality.value());
  return values;
}

/// What a document is refused for.
std::string refusal(const Session& session, const std::string& text) {
  Diagnostics diagnostics;
  const auto read = session.read_run(text, "test.json", diagnostics);
  if (read) CHECK_FALSE(session.prepare(*read, diagnostics).has_value());
  return all_text(diagnostics);
}

struct Choice {
  std::string algorithm, rest, problem;
};

/// Every algorithm on every encoding that it runs on, and every choice of its slots.
std::vector<Choice> choices() {
  std::vector<Choice> all;
  const std::string population = R"(, "parameters": {"population_size": 130})";
  const auto slot = [](const char* name, const std::string& filling) {
    return R"(, "slots": {")" + std::string(name) + R"(": )" + filling + "}";
  };
  for (const char* problem : {sphere, one_max, knapsack, tour, gear_train}) {
    all.push_back({"genetic_algorithm", population, problem});
    all.push_back({"simulated_annealing", R"(, "parameters": {"chains": 130})", problem});
  }
  for (const char* problem : {sphere, tour}) all.push_back({"differential_evolution", population, problem});
  for (const char* filling :
       {R"("random_row")", R"({"operator": "tournament_selection", "parameters": {"size": 5}})"}) {
    all.push_back({"genetic_algorithm", population + slot("selection", filling), one_max});
  }
  for (const char* filling : {R"("greedy_replacement")", R"({"operator": "elitist_replacement", "in": {"elites": 0}})",
                              R"({"operator": "elitist_replacement", "in": {"elites": 130}})",
                              R"({"operator": "metropolis_acceptance", "in": {"temperature": 0.5}})"}) {
    all.push_back({"genetic_algorithm", population + slot("replacement", filling), one_max});
    all.push_back({"differential_evolution", population + slot("replacement", filling), sphere});
  }
  for (const char* filling : {R"("uniform_crossover")", R"("one_point_crossover")", "null"}) {
    all.push_back({"genetic_algorithm", population + slot("crossover", filling), one_max});
  }
  for (const char* filling : {R"("simulated_binary_crossover")", R"("binomial_crossover")"}) {
    all.push_back({"genetic_algorithm", population + slot("crossover", filling), sphere});
  }
  for (const char* filling : {R"("polynomial_mutation")", R"("gaussian_mutation")"}) {
    all.push_back({"genetic_algorithm", population + slot("mutation", filling), sphere});
    all.push_back({"simulated_annealing", slot("neighbor", filling), sphere});
  }
  for (const char* filling : {R"("inversion_mutation")", R"("swap_mutation")"}) {
    all.push_back({"genetic_algorithm", population + slot("mutation", filling), tour});
    all.push_back({"simulated_annealing", slot("neighbor", filling), tour});
  }
  for (const char* filling : {R"("order_crossover")", R"("binomial_crossover")"}) {
    all.push_back({"genetic_algorithm", population + slot("crossover", filling), tour});
  }
  for (const char* filling : {R"("clamp_and_bounce")", R"("clamp_and_stop")", R"("reflect_and_reverse")",
                              R"("wrap_around")", R"("reenter_randomly")", "null"}) {
    all.push_back({"differential_evolution", population + slot("bounds_handling", filling), sphere});
  }
  return all;
}

}  // namespace

TEST_CASE("evolution: every choice runs, with the same bits for any threads and tiles") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  for (const Choice& choice : choices()) {
    CAPTURE(choice.algorithm);
    CAPTURE(choice.rest);
    CAPTURE(choice.problem);
    const Job job = prepared(session, document(choice.algorithm, choice.rest, choice.problem, 10));
    const Result expected = result_of(job);
    CHECK(expected.evaluations % 11 == 0);
    CHECK(expected.best_solution.list().size() == job.problem->dimension);
    for (const auto& [threads, tile_rows] : {std::pair{2U, 0U}, std::pair{8U, 1U}, std::pair{8U, 7U}}) {
      const Result found = result_of(job, 1, threads, tile_rows);
      CHECK(found.best_quality == expected.best_quality);
      CHECK(found.best_solution == expected.best_solution);
    }
  }
}

TEST_CASE("evolution: nothing is allocated per iteration") {
  if (!counts_allocations()) return;
  const Session session = full_session();
  for (const Choice& choice : choices()) {
    CAPTURE(choice.algorithm);
    CAPTURE(choice.rest);
    CAPTURE(choice.problem);
    RunOptions options;
    options.threads = 1;
    Run few(prepared(session, document(choice.algorithm, choice.rest, choice.problem, 10)).plan, options);
    Run many(prepared(session, document(choice.algorithm, choice.rest, choice.problem, 60)).plan, options);
    const AllocationCount of_few;
    REQUIRE(few.advance() == RunState::finished);
    const std::size_t few_allocations = of_few.allocations();
    REQUIRE(many.advance() == RunState::finished);
    CHECK(of_few.allocations() - few_allocations <= few_allocations);
  }
}

TEST_CASE("evolution: differential evolution finds what a plain one does" * doctest::skip(is_sanitized)) {
  const Session session = full_session();
  const auto rosenbrock = [](const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      sum += 100 * (x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i]) + (1 - x[i]) * (1 - x[i]);
    }
    return sum;
  };
  for (const double rate : {0.0, 0.3, 0.9, 1.0}) {
    CAPTURE(rate);
    PlainDifferentialEvolution settings;
    settings.crossover_rate = rate;
    std::vector<double> plain;
    for (unsigned seed = 1; seed <= 40; ++seed) {
      plain.push_back(plain_differential_evolution(rosenbrock, settings, seed));
    }
    const std::vector<double> shipped =
        values_of(session,
                  document("differential_evolution",
                           R"(, "parameters": {"population_size": 30, "crossover_rate": )" + std::to_string(rate) + "}",
                           R"({"name": "rosenbrock", "dimension": 10, "parameters": {"lower": -5, "upper": 5}})", 100),
                  40);
    const double p = mann_whitney(shipped, plain);
    MESSAGE("medians " << median(shipped) << " and " << median(plain) << ", p = " << p);
    CHECK(p > 0.01);
  }
}

TEST_CASE("evolution: differential evolution converges on Sphere, Ackley and Griewank in 30 dimensions" *
          doctest::skip(is_sanitized)) {
  const Session session = full_session();
  const std::string shift = R"("transform": [{"shift": [-0.9, 0.4, 0.7, -1.2, -0.1, 0.8, 0.3, 1.1, -0.8, 0.5, 1.1, -1.1,
      0.7, -0.8, -0.4, -0.3, -0.3, -0.3, -0.3, 1.1, 0.2, -0.6, 0.9, -0.2, 0.4, 0.6, -1.0, 0.1, 0.5, -0.7]}])";
  for (const std::string name : {"sphere", "ackley", "griewank"}) {
    CAPTURE(name);
    const std::string problem = R"({"name": ")" + name + R"(", "dimension": 30, )" + shift + "}";
    for (const double value : values_of(session, document("differential_evolution", "", problem, 1999), 3)) {
      CHECK(value < 1e-8);
    }
  }
}

TEST_CASE("evolution: the genetic algorithm solves bits, knapsacks, tours and real vectors unchanged" *
          doctest::skip(is_sanitized)) {
  const Session session = full_session();
  for (const double value : values_of(session, document("genetic_algorithm", "", one_max, 200), 5)) CHECK(value == 50);
  CHECK(values_of(session,
                  document("genetic_algorithm", "", R"({"name": "knapsack", "parameters": {"instance": 1}})", 200),
                  1) == std::vector<double>{3800});
  CHECK(median(values_of(session, document("genetic_algorithm", "", sphere, 300), 5)) < 0.05);
  CHECK(median(values_of(session, document("genetic_algorithm", "", tour, 300), 5)) < 3500);
  CHECK(median(values_of(session, document("genetic_algorithm", "", gear_train, 300), 5)) < 1e-8);
}

TEST_CASE("evolution: simulated annealing converges on real vectors, bits and tours" * doctest::skip(is_sanitized)) {
  const Session session = full_session();
  CHECK(median(values_of(session, document("simulated_annealing", "", sphere, 20000), 5)) < 0.05);
  CHECK(median(values_of(session, document("simulated_annealing", "", one_max, 5000), 5)) == 50);
  CHECK(median(values_of(session,
                         document("simulated_annealing",
                                  R"(, "parameters": {"temperature": 300, "final_temperature": 1})", tour, 10000),
                         5)) < 3400);
}

TEST_CASE("evolution: without mutation and with everybody crossed nothing new comes up, and the best stays") {
  const Session session = full_session();
  const Job job =
      prepared(session, document("genetic_algorithm",
                                 R"(, "parameters": {"crossover_probability": 0, "mutation_share": 0})", sphere, 50));
  const Job start = prepared(session, document("genetic_algorithm", "", sphere, 0));
  CHECK(result_of(job).best_quality == result_of(start).best_quality);
  CHECK(result_of(job).best_solution == result_of(start).best_solution);
}

TEST_CASE("evolution: populations of one, two and three, and one dimension") {
  const Session session = full_session();
  for (const int rows : {1, 2, 3}) {
    for (const char* problem :
         {R"({"name": "sphere", "dimension": 1})", R"({"name": "one_max", "dimension": 1})", tour}) {
      const std::string size = R"(, "parameters": {"population_size": )" + std::to_string(rows) + "}";
      CHECK(result_of(prepared(session, document("genetic_algorithm", size, problem, 20))).evaluations ==
            static_cast<std::uint64_t>(21 * rows));
      const std::string chains = R"(, "parameters": {"chains": )" + std::to_string(rows) + "}";
      CHECK(result_of(prepared(session, document("simulated_annealing", chains, problem, 20))).evaluations ==
            static_cast<std::uint64_t>(21 * rows));
    }
  }
  const std::string four = R"(, "parameters": {"population_size": 4})";
  CHECK(result_of(
            prepared(session, document("differential_evolution", four, R"({"name": "sphere", "dimension": 1})", 20)))
            .evaluations == 84);
}

TEST_CASE("evolution: wrong parameters are refused") {
  const Session session = full_session();
  const auto refused = [&](const char* algorithm, const std::string& parameters, const char* problem) {
    const std::string text =
        refusal(session, document(algorithm, R"(, "parameters": {)" + parameters + "}", problem, 10));
    CHECK(text.find("out-of-range") != std::string::npos);
    const std::string name = parameters.substr(0, parameters.find(':'));
    CHECK(text.find(name.substr(1, name.size() - 2)) != std::string::npos);
  };
  refused("genetic_algorithm", R"("population_size": 0)", sphere);
  refused("genetic_algorithm", R"("crossover_probability": 1.5)", sphere);
  refused("genetic_algorithm", R"("mutation_share": -0.1)", sphere);
  refused("differential_evolution", R"("population_size": 3)", sphere);
  refused("differential_evolution", R"("scale_factor": -1)", sphere);
  refused("differential_evolution", R"("crossover_rate": 1.01)", sphere);
  refused("simulated_annealing", R"("chains": 0)", sphere);
  refused("simulated_annealing", R"("temperature": -1)", sphere);
  CHECK(refusal(session, document("simulated_annealing", R"(, "parameters": {"temperature": 0})", sphere, 10))
            .find("bad-schedule") != std::string::npos);
  // Bits have no differences; a genetic algorithm does not know how much worse offspring may be.
  CHECK(refusal(session, document("differential_evolution", "", one_max, 10)).find("differential_mutation") !=
        std::string::npos);
  CHECK(refusal(session,
                document("genetic_algorithm", R"(, "slots": {"replacement": "metropolis_acceptance"})", one_max, 10))
            .find("temperature") != std::string::npos);
}
