#include <dirent.h>
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>

#include "core/src/contract/numbers.hpp"
#include "skein/json.hpp"
#include "skein/problems/external_program.hpp"
#include "tests/problems/documents.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

/// The problem with the test's worker; `more` are further parameters.
std::string text_of(const std::string& mode, const std::string& more = "", const std::string& when = "always") {
  return R"({"name": "external_program", "dimension": 3, "parameters": {"command": [")" SKEIN_TEST_WORKER R"(", ")" +
         mode + R"(", ")" + when + R"("])" + (more.empty() ? "" : ", " + more) + "}}";
}

RunOptions options(std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  return options;
}

/// The run's error after an evaluation of some rows; empty when there was none.
std::string error_of(const Problem& problem, const RunOptions& how = options()) {
  SingleOperator single(*problem.evaluator, 4, 3);
  single.bind("position", some_numbers(12, -1, 1, 3)).run(how);
  return single.result().error() ? single.result().error()->message : "";
}

std::vector<double> squares(const std::vector<double>& points) {
  std::vector<double> expected;
  for (std::size_t i = 0; i < points.size(); i += 3) {
    expected.push_back(0);
    expected.push_back(points[i] * points[i] + points[i + 1] * points[i + 1] + points[i + 2] * points[i + 2]);
  }
  return expected;
}

bool has_children() { return waitpid(-1, nullptr, WNOHANG) != -1; }

std::size_t open_files() {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

}  // namespace

TEST_CASE("workers compute the objective, whatever their number and the threads") {
  const Session session = problem_session();
  const std::vector<double> points = some_numbers(40 * 3, -1, 1, 1);
  for (const char* workers : {"1", "3", "64"}) {
    const auto problem = problem_of(session, text_of("good", R"("workers": )" + std::string(workers)));
    for (const std::size_t threads : {1U, 4U}) {
      for (const std::size_t tile_rows : {0U, 1U, 7U}) {
        CHECK(same_bits(fitness(*problem, points, options(threads, tile_rows)), squares(points)));
      }
    }
  }
  CHECK_FALSE(has_children());
}

TEST_CASE("several workers are at work at once, and stay for the whole run") {
  const Session session = problem_session();
  const auto problem = problem_of(session, text_of("pid", R"("workers": 3)"));
  const std::vector<double> found = values(*problem, Point(300 * 3, 0));
  CHECK(std::set<double>(found.begin(), found.end()).size() == 3);
}

TEST_CASE("no process and no file stays behind") {
  const Session session = problem_session();
  const std::size_t before = open_files();
  for (const char* mode : {"good", "hang", "exit", "closed"}) {
    const auto problem = problem_of(session, text_of(mode, R"("workers": 4, "timeout": 0.05, "retries": 1)"));
    static_cast<void>(error_of(*problem));
  }
  CHECK_FALSE(has_children());
  CHECK(open_files() == before);
}

TEST_CASE("sense and violation reach the fitness") {
  const Session session = problem_session();
  const auto maximized = problem_of(session, text_of("good", R"("sense": "maximize")"));
  CHECK(maximized->objectives[0].sense == Sense::maximize);
  CHECK(fitness(*maximized, {1, 2, 3}) == std::vector<double>{0, -14});
  CHECK(fitness(*problem_of(session, text_of("constrained")), {1, 2, 3}) == std::vector<double>{1, 14});
}

TEST_CASE("evaluators of external programs keep the contract") {
  const Session session = problem_session();
  ContractInput input;
  input.dimensions = {3};
  check_contract(*problem_of(session, text_of("good", R"("workers": 4)"))->evaluator, input);
}

TEST_CASE("every failure of a worker has its own message") {
  const Session session = problem_session();
  const std::vector<std::array<std::string, 2>> cases = {
      {"exit", "ended with exit status 3 without an answer"},
      {"success", "ended with exit status 0 without an answer"},
      {"crash", "was ended by signal 6 (Aborted)"},
      {"hang", "did not answer within 0.05 s"},
      {"closed", "closed its standard output without an answer"},
      {"garbage", "answered with 'hello?there', which is no JSON object"},
      {"list", "answered with '[1, 2]', which is no JSON object"},
      {"no_id", "answered without the 'id' of the request"},
      {"other_id", "answered request '999999' instead of 1"},
      {"none", "answered without a list of 'objectives'"},
      {"two", "answered with 2 objectives instead of 1"},
      {"text", "answered with '\"one\"' as the objective, which is no number"},
      {"null", "answered with 'null' as the objective, which is no number"},
      {"nan", "answered with '{\"id\": 1, \"objectives\": [NaN]}', which is no JSON object"},
      {"negative", "answered with a negative violation"},
      {"error", "says: the mesh is broken"},
      {"long_error", "says: first line?second " + std::string(482, 'x') + "…"}};
  for (const auto& entry : cases) {
    const std::string& mode = entry[0];
    const std::string& message = entry[1];
    CAPTURE(mode);
    const std::string timeout = mode == "hang" ? "0.05" : "20";
    const auto problem = problem_of(session, text_of(mode, R"("retries": 0, "timeout": )" + timeout));
    CHECK(error_of(*problem) == "The worker '" SKEIN_TEST_WORKER "' " + message + ".");
  }
}

TEST_CASE("a failed evaluation is tried again by a new worker") {
  const Session session = problem_session();
  const std::string flag = std::filesystem::temp_directory_path() / ("skein_worker_" + std::to_string(getpid()));
  const std::vector<double> points = some_numbers(5 * 3, -1, 1, 1);
  for (const char* mode : {"exit", "garbage", "hang", "two"}) {
    CAPTURE(std::string(mode));
    std::filesystem::remove(flag);
    const bool hangs = std::string_view(mode) == "hang";
    const auto problem = problem_of(
        session, text_of(mode, hangs ? R"("timeout": 1, "retries": 5)" : R"("timeout": 60, "retries": 1)", flag));
    CHECK(same_bits(fitness(*problem, points), squares(points)));
  }
  std::filesystem::remove(flag);
  const auto problem = problem_of(session, text_of("exit", R"("retries": 2)"));
  CHECK(error_of(*problem) == "The worker '" SKEIN_TEST_WORKER
                              "' ended with exit status 3 without an answer, in 3 attempts.");
}

TEST_CASE("the lowest failed row is reported, the rows below it are done, and the run's own policies hold") {
  const Session session = problem_session();
  const std::vector<double> points = {0, 1, 1, 0.25, 0, 0, 0.75, 0, 0, 0, 0, 0, 1, 0, 0, 0.5, 0, 0};
  for (const char* workers : {"1", "2", "6"}) {
    CAPTURE(std::string(workers));
    const auto problem =
        problem_of(session, text_of("exit", R"("retries": 0, "workers": )" + std::string(workers), "above"));
    SingleOperator single(*problem->evaluator, 6, 3);
    single.bind("position", points).run(options());
    REQUIRE(single.result().error().has_value());
    CHECK(single.result().error()->row == 2);
    RunOptions worst = options();
    worst.on_error = ErrorPolicy::worst;
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<double> expected = {0, 2, 0, 0.0625, 0, infinity, 0, 0, 0, infinity, 0, 0.25};
    Diagnostics diagnostics;
    Run run(session.evaluation_plan(problem, 6, diagnostics), worst);
    const InOut<double> position(run.variable("points.position").value());
    for (std::size_t row = 0; row < 6; ++row)
      std::copy_n(points.begin() + 3 * std::ptrdiff_t(row), 3, position.row(row));
    CHECK(run.advance() == RunState::finished);
    CHECK(run.failed_evaluations() == 2);
    const InFitness found(run.variable("points.fitness").value());
    for (std::size_t row = 0; row < 6; ++row) {
      CHECK(found[row].violation() == expected[2 * row]);
      CHECK(found[row].objective() == expected[2 * row + 1]);
    }
  }
}

TEST_CASE("what a run has found before a worker fails for good is its result") {
  const Session session = problem_session();
  Diagnostics diagnostics;
  const std::string problem =
      R"({"name": "external_program", "dimension": 2, "parameters": {"command": [")" SKEIN_TEST_WORKER
      R"(", "exit", "late"], "retries": 0}})";
  const std::vector<std::string> assignments = {"problem=" + problem};
  const auto document =
      session.load_run(SKEIN_SOURCE_DIR "/apps/examples/random_search_run.json", assignments, diagnostics);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  REQUIRE(job.has_value());
  Run run(job->plan, job->options);
  RunState state = RunState::ready;
  while (state == RunState::ready) state = run.advance();
  CHECK(state == RunState::failed);
  const Result result = make_result(*job, run);
  REQUIRE(result.error.has_value());
  CHECK(result.error->message == "The worker '" SKEIN_TEST_WORKER "' ended with exit status 3 without an answer.");
  CHECK(result.best_quality.has_value());
  CHECK(result.best_violation == 0);
  CHECK(result.evaluations > 0);
  CHECK(result.evaluations <= 100);
}

TEST_CASE("a signal for broken pipes ends nobody") {
  const Session session = problem_session();
  std::signal(SIGPIPE, SIG_DFL);
  // So much that it does not fit into the buffers of a process that is gone.
  const auto problem = problem_of(
      session,
      R"({"name": "external_program", "dimension": 100000, "parameters": {"retries": 0, "command": ["true"]}})");
  SingleOperator single(*problem->evaluator, 1, 100000);
  single.bind("position", std::vector<double>(100000, 0.1)).run(options());
  REQUIRE(single.result().error().has_value());
  CHECK(single.result().error()->message.find("ended with exit status 0 without an answer") != std::string::npos);
}

TEST_CASE("a large position arrives whole") {
  const Session session = problem_session();
  const auto problem = problem_of(
      session,
      R"({"name": "external_program", "dimension": 100000, "parameters": {"command": [")" SKEIN_TEST_WORKER R"("]}})");
  CHECK(values(*problem, Point(100000, 0.5))[0] == 25000);
}
