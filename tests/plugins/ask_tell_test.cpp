// A host that evaluates solutions itself: it asks for them, and tells the values.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "skein/ask_tell.hpp"
#include "skein/encodings/permutation.hpp"
#include "tests/plugins/host_swarm.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

/// The numbers of a batch's solutions in an order that depends on `seed`.
std::vector<std::size_t> shuffled(std::size_t count, std::size_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = count; i > 1; --i) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    std::swap(order[i - 1], order[(seed >> 33U) % i]);
  }
  return order;
}

void tell_rest(const Batch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch.is_open(i)) batch.tell(i, bowl(batch.numbers(i)));
  }
}

/// Tells everything to the end.
void finish(AskTell& host) {
  while (const Batch batch = host.ask()) tell_rest(batch);
}

TEST_CASE("ask and tell: values that are told give the bits of values that are computed") {
  const Session session = full_session();
  const RunDocument document = swarm_document();
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  for (const std::size_t threads : {1U, 2U, 8U}) {
    Job job = host_job(session, bowl_problem(), document);
    job.options.threads = threads;
    Run run(job.plan, job.options);
    AskTell host(run, job);
    std::uint64_t batches = 0;
    while (const Batch batch = host.ask()) {
      CHECK(batch.number() == ++batches);
      CHECK(batch.size() == 10);
      for (const std::size_t i : shuffled(batch.size(), batches)) batch.tell(i, bowl(batch.numbers(i)));
      CHECK(batch.open() == 0);
    }
    CHECK(batches == 6);
    CHECK(run.state() == RunState::finished);
    CHECK(run.evaluations() == 60);
    CHECK(found_bits(job, run) == expected);
  }
}

TEST_CASE("ask and tell: tiles, rows and numbers are views on what the run holds") {
  const Session session = full_session();
  const Job job = host_job(session, bowl_problem(), swarm_document());
  Run run(job.plan, job.options);
  AskTell host(run, job);
  const Batch batch = host.ask();
  const In<double> position(*run.variable("swarm.position"));
  REQUIRE(batch.tiles().size() == 1);
  CHECK(batch.tiles()[0].size() == 10);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    CHECK(batch.row(i) == i);
    CHECK(batch.numbers(i).data() == position.row(i));
    CHECK(batch.tiles()[0].numbers(i).data() == position.row(i));
    CHECK(batch.shown(i).list().size() == 4);
    CHECK(batch.shown(i).list()[2].number() == position(i, 2));
  }
  CHECK(batch.node(0) == "evaluate");
}

TEST_CASE("ask and tell: as long as something is open, the same batch comes again") {
  const Session session = full_session();
  const Job job = host_job(session, bowl_problem(), swarm_document());
  Run run(job.plan, job.options);
  AskTell host(run, job);
  const Batch batch = host.ask();
  batch.tell(3, bowl(batch.numbers(3)));
  const Batch again = host.ask();
  CHECK(again.number() == batch.number());
  CHECK(again.open() == 9);
  CHECK_FALSE(again.is_open(3));
  CHECK(run.evaluations() == 0);
  tell_rest(again);
  CHECK(host.ask().number() == 2);
  CHECK(run.evaluations() == 10);
}

TEST_CASE("ask and tell: all values of a batch at once, and violations") {
  const Session session = full_session();
  const Job job = host_job(session, bowl_problem(), swarm_document());
  Run run(job.plan, job.options);
  AskTell host(run, job);
  const Batch batch = host.ask();
  std::vector<double> values(10, 5.0);
  std::vector<double> violations(10, 1.0);
  values[4] = 9.0;
  violations[4] = 0.0;
  batch.tell_all(values, violations);
  REQUIRE(host.ask());
  // The only feasible one is the best, whatever its value.
  const Result result = make_result(job, run);
  CHECK(result.best_quality == 9.0);
  CHECK(result.best_violation == 0.0);
}

TEST_CASE("ask and tell: values are in the sense of the problem") {
  const Session session = full_session();
  HostProblem problem = bowl_problem();
  problem.objectives = {{"profit", Sense::maximize}};
  const Job job = host_job(session, problem, swarm_document());
  Run run(job.plan, job.options);
  AskTell host(run, job);
  const Batch batch = host.ask();
  for (std::size_t i = 0; i < 10; ++i) batch.tell(i, static_cast<double>(i));
  REQUIRE(host.ask());
  CHECK(make_result(job, run).best_quality == 9.0);
}

TEST_CASE("ask and tell: several objectives, and other encodings") {
  const Session session = full_session();
  HostProblem problem;
  problem.name = "two sides";
  problem.dimension = 6;
  problem.lower = {0.0};
  problem.upper = {1.0};
  problem.objectives = {{"left", Sense::minimize}, {"right", Sense::maximize}};
  RunDocument document = swarm_document(8, 2);
  document.algorithm.name = "multi_objective_particle_swarm";
  const Job job = host_job(session, problem, document);
  Run run(job.plan, job.options);
  AskTell host(run, job);
  while (const Batch batch = host.ask()) {
    CHECK_THROWS_WITH_AS(
        batch.tell(0, 1.0),
        ("solution 0 of batch " + std::to_string(batch.number()) + " takes 2 values, one per objective, and 1 was told")
            .c_str(),
        TellError);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const std::vector<double> both = {batch.numbers(i)[0], batch.numbers(i)[1]};
      batch.tell(i, both, 0.0);
    }
  }
  CHECK(run.state() == RunState::finished);
  const Result result = make_result(job, run);
  REQUIRE(result.front.has_value());

  HostProblem tour;
  tour.name = "tour";
  tour.encoding = "permutation";
  tour.dimension = 5;
  tour.lower = {0.0};
  tour.upper = {1.0};
  const Job tour_job = host_job(session, tour, swarm_document(6, 2));
  Run tour_run(tour_job.plan, tour_job.options);
  AskTell tour_host(tour_run, tour_job);
  const Batch batch = tour_host.ask();
  std::set<std::int64_t> places;
  const Value order = batch.shown(0);
  for (const Value& place : order.list()) places.insert(std::get<std::int64_t>(place.data));
  CHECK(places == std::set<std::int64_t>{0, 1, 2, 3, 4});

  HostProblem bits;
  bits.name = "bits";
  bits.encoding = "binary_vector";
  bits.dimension = 9;
  const Job bits_job = host_job(session, bits, swarm_document(6, 2));
  Run bits_run(bits_job.plan, bits_job.options);
  AskTell bits_host(bits_run, bits_job);
  const Batch bits_batch = bits_host.ask();
  CHECK(bits_batch.tiles()[0].part<std::uint8_t>(0).size() == 9);
  CHECK_THROWS_WITH_AS(static_cast<void>(bits_batch.numbers(0)),
                       "the solutions of this encoding are no real[d]: `shown` and `tiles` have them", TellError);
}

TEST_CASE("ask and tell: what is told wrongly is refused, and nothing is lost") {
  const Session session = full_session();
  const RunDocument document = swarm_document();
  const Job job = host_job(session, bowl_problem(), document);
  Run run(job.plan, job.options);
  AskTell host(run, job);
  const Batch batch = host.ask();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_WITH_AS(batch.tell(10, 1.0), "batch 1 has no solution 10: it has 10", TellError);
  CHECK_THROWS_WITH_AS(batch.tell(0, nan),
                       "the value of solution 0 of batch 1 is no number (NaN): a solution without a value has failed",
                       TellError);
  CHECK_THROWS_WITH_AS(batch.tell(0, 1.0, -2.0),
                       "the violation of solution 0 of batch 1 is negative: it is 0 for a feasible solution",
                       TellError);
  CHECK_THROWS_WITH_AS(batch.tell(0, 1.0, nan),
                       "the violation of solution 0 of batch 1 is no number (NaN): it is 0 for a feasible solution",
                       TellError);
  batch.tell(0, bowl(batch.numbers(0)));
  CHECK_THROWS_WITH_AS(batch.tell(0, 1.0), "solution 0 of batch 1 was told before", TellError);
  CHECK_THROWS_WITH_AS(batch.tell_failed(0, "no"), "solution 0 of batch 1 was told before", TellError);
  CHECK_THROWS_WITH_AS(batch.tell_all(std::vector<double>(9, 1.0)), "batch 1 takes 10 values, and 9 were told",
                       TellError);
  CHECK_THROWS_WITH_AS(batch.tell_all(std::vector<double>(10, 1.0), std::vector<double>(3, 1.0)),
                       "batch 1 takes 10 violations, and 3 were told", TellError);
  CHECK_THROWS_WITH_AS(batch.tell_all(std::vector<double>(10, 1.0)), "solution 0 of batch 1 was told before",
                       TellError);
  CHECK(batch.open() == 9);
  tell_rest(batch);
  const Batch next = host.ask();
  CHECK_THROWS_WITH_AS(batch.tell(1, 1.0), "batch 1 is over: the run has gone on without it", TellError);
  CHECK_THROWS_WITH_AS(static_cast<void>(batch.numbers(1)), "batch 1 is over: the run has gone on without it",
                       TellError);
  CHECK_THROWS_WITH_AS(Batch().tell(0, 1.0), "an empty batch has no solutions", TellError);
  tell_rest(next);
  finish(host);
  CHECK(found_bits(job, run) == undisturbed_bits(session, document));
}

TEST_CASE("ask and tell: a checkpoint in the middle of a batch keeps what was told") {
  const Session session = full_session();
  const RunDocument document = swarm_document();
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  const Job job = host_job(session, bowl_problem(), document);
  for (std::size_t told = 0; told <= 10; told += 5) {
    Run run(job.plan, job.options);
    AskTell host(run, job);
    tell_rest(host.ask());
    const Batch batch = host.ask();
    for (const std::size_t i : shuffled(batch.size(), 3)) {
      if (batch.open() > 10 - told) batch.tell(i, bowl(batch.numbers(i)));
    }
    std::ostringstream written;
    run.checkpoint(written);

    Run other(job.plan, job.options);
    AskTell other_host(other, job);
    std::istringstream stream(written.str());
    Diagnostics diagnostics;
    REQUIRE(other.restore(stream, diagnostics));
    const Batch rest = other_host.ask();
    CHECK(rest.size() == (told == 10 ? 10 : 10 - told));
    tell_rest(rest);
    finish(other_host);
    CHECK(found_bits(job, other) == expected);

    // A batch of the time before does not reach the restored state.
    std::istringstream again(written.str());
    REQUIRE(run.restore(again, diagnostics));
    CHECK_THROWS_AS(batch.tell(0, 0.0), TellError);
    finish(host);
    CHECK(found_bits(job, run) == expected);
  }
}

TEST_CASE("ask and tell: failed solutions pause the run, and are asked for again") {
  const Session session = full_session();
  const RunDocument document = swarm_document();
  const Job job = host_job(session, bowl_problem(), document);
  Run run(job.plan, job.options);
  AskTell host(run, job);
  tell_rest(host.ask());
  const Batch batch = host.ask();
  batch.tell_failed(7, "the licence server is away");
  batch.tell_failed(2, "no mesh");
  tell_rest(batch);
  CHECK_FALSE(host.ask());
  REQUIRE(run.state() == RunState::failed);
  CHECK(run.error()->path == "main loop/evaluate");
  CHECK(run.error()->message == "no mesh");
  CHECK(run.error()->row == 2U);
  CHECK(run.error()->failed_rows == 2);
  CHECK(run.evaluations() == 10);
  const Batch again = host.ask();
  REQUIRE(again.size() == 2);
  CHECK(again.row(0) == 2);
  CHECK(again.row(1) == 7);
  CHECK(again.tiles().size() == 2);
  CHECK(again.tiles()[1].numbers(0).data() == again.numbers(1).data());
  finish(host);
  CHECK(found_bits(job, run) == undisturbed_bits(session, document));
}

TEST_CASE("ask and tell: policies decide about failed solutions") {
  const Session session = full_session();
  RunDocument document = swarm_document();
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  SUBCASE("they are asked for again as often as that is allowed") {
    document.on_error = ErrorPolicy::retry;
    document.retries = 2;
    const Job job = host_job(session, bowl_problem(), document);
    Run run(job.plan, job.options);
    AskTell host(run, job);
    Batch batch = host.ask();
    for (std::size_t attempt = 0; attempt < 2; ++attempt) {
      batch.tell_failed(batch.size() - 1, "not yet");
      tell_rest(batch);
      batch = host.ask();
      REQUIRE(batch.size() == 1);
      CHECK(batch.row(0) == 9);
    }
    SUBCASE("and then told") {
      tell_rest(batch);
      finish(host);
      CHECK(found_bits(job, run) == expected);
    }
    SUBCASE("and then the run pauses") {
      batch.tell_failed(0, "not yet");
      CHECK_FALSE(host.ask());
      CHECK(run.state() == RunState::failed);
      CHECK(run.error()->row == 9U);
      finish(host);
      CHECK(found_bits(job, run) == expected);
    }
  }
  SUBCASE("they get the worst fitness") {
    document.on_error = ErrorPolicy::worst;
    const Job job = host_job(session, bowl_problem(), document);
    Run run(job.plan, job.options);
    AskTell host(run, job);
    const Batch batch = host.ask();
    batch.tell_failed(1, "crashed");
    for (std::size_t i = 0; i < 10; ++i) {
      if (i != 1) batch.tell(i, static_cast<double>(i) + 3.0);
    }
    REQUIRE(host.ask().size() == 10);
    CHECK(run.failed_evaluations() == 1);
    CHECK(run.first_failure()->message == "crashed");
    CHECK(run.first_failure()->row == 1U);
    CHECK(make_result(job, run).best_quality == 3.0);
    finish(host);
    CHECK(run.state() == RunState::finished);
    CHECK(run.evaluations() == 60);
  }
}

TEST_CASE("ask and tell: one particle after another") {
  const Session session = full_session();
  RunDocument document = swarm_document(6, 3);
  document.algorithm.parameters.push_back({"asynchronous", {}, Value(true)});
  const Job job = host_job(session, bowl_problem(), document);
  Run run(job.plan, job.options);
  AskTell host(run, job);
  std::size_t single = 0;
  while (const Batch batch = host.ask()) {
    if (batch.size() == 1) ++single;
    tell_rest(batch);
  }
  CHECK(single == 3 * 6);
  CHECK(found_bits(job, run) == undisturbed_bits(session, document));
}

TEST_CASE("ask and tell: a batch of islands is told in any order, with the bits of values that are computed") {
  const Session session = full_session();
  RunDocument document = swarm_document();
  document.algorithm.name = "island_particle_swarm";
  document.algorithm.parameters = {{"islands", {}, Value(std::int64_t{3})},
                                   {"island_size", {}, Value(std::int64_t{5})},
                                   {"migration_interval", {}, Value(std::int64_t{2})}};
  document.stop.iterations = 7;
  HostProblem computed = bowl_problem();
  computed.objective = bowl;
  const Job whole = host_job(session, computed, document);
  Run expected(whole.plan, whole.options);
  REQUIRE(expected.advance() == RunState::finished);
  for (const std::size_t threads : {1U, 3U}) {
    Job job = host_job(session, bowl_problem(), document);
    job.options.threads = threads;
    Run run(job.plan, job.options);
    AskTell host(run, job);
    std::size_t several = 0;
    while (const Batch batch = host.ask()) {
      if (batch.tiles().size() == 3) ++several;
      std::size_t counted = 0;
      for (const SolutionTile& tile : batch.tiles()) {
        for (std::size_t i = 0; i < tile.size(); ++i, ++counted) {
          CHECK(batch.numbers(counted).data() == tile.numbers(i).data());
          CHECK(batch.row(counted) == tile.rows().first + i);
        }
      }
      CHECK(counted == batch.size());
      for (const std::size_t i : shuffled(batch.size(), several)) {
        batch.tell(i, bowl(batch.numbers(i)));
        CHECK_THROWS_AS(batch.tell(i, 0.0), TellError);
      }
      CHECK(batch.open() == 0);
    }
    CHECK(several == 8);
    CHECK(run.state() == RunState::finished);
    CHECK(found_bits(job, run) == found_bits(whole, expected));
  }
}

TEST_CASE("ask and tell: a run of another job is refused") {
  const Session session = full_session();
  const Job job = host_job(session, bowl_problem(), swarm_document());
  HostProblem sides = bowl_problem();
  sides.objectives = {{"left", Sense::minimize}, {"right", Sense::minimize}};
  RunDocument document = swarm_document();
  document.algorithm.name = "multi_objective_particle_swarm";
  const Job other = host_job(session, sides, document);
  Run run(job.plan, job.options);
  CHECK_THROWS_WITH_AS(AskTell(run, other), "the run to ask is no run of the job", std::invalid_argument);
}

TEST_CASE("ask and tell: nothing is allocated per batch") {
  const Session session = full_session();
  const Job job = host_job(session, bowl_problem(30), swarm_document(40, 30));
  Run run(job.plan, job.options);
  AskTell host(run, job);
  for (int i = 0; i < 5; ++i) tell_rest(host.ask());
  if (!counts_allocations()) return;
  const AllocationCount count;
  for (int i = 0; i < 20; ++i) tell_rest(host.ask());
  CHECK(count.allocations() == 0);
}

TEST_CASE("ask and tell: transforms of a document are refused, the problem being the host's") {
  const Session session = full_session();
  RunDocument document = swarm_document();
  document.problem.transforms = {{"shift", Value(std::int64_t{7}), {}}};
  Diagnostics diagnostics;
  const auto problem = make_problem(bowl_problem(), diagnostics);
  CHECK_FALSE(session.prepare(document, problem, diagnostics).has_value());
  CHECK(all_text(diagnostics) ==
        "error: Transform 'shift' cannot be applied to problem 'bowl': its values come from the host. "
        "[transform-not-possible]\n  path: problem/transform/0/shift\n  expected: an evaluator that works on single "
        "rows\n");
}

TEST_CASE("ask and tell: a failure that was told is kept by a checkpoint in the middle of a batch") {
  const Session session = full_session();
  Job job = host_job(session, bowl_problem(), swarm_document());
  job.options.on_error = ErrorPolicy::worst;
  const auto bits_of = [&](bool with_checkpoint) {
    Run run(job.plan, job.options);
    Run other(job.plan, job.options);
    AskTell host(run, job);
    AskTell other_host(other, job);
    const Batch batch = host.ask();
    batch.tell_failed(3, "");
    batch.tell(0, bowl(batch.numbers(0)));
    std::stringstream stream;
    run.checkpoint(stream);
    Diagnostics diagnostics;
    REQUIRE(other.restore(stream, diagnostics));
    Run& last = with_checkpoint ? other : run;
    AskTell& last_host = with_checkpoint ? other_host : host;
    tell_rest(last_host.ask());
    finish(last_host);
    CHECK(last.failed_evaluations() == 1);
    REQUIRE(last.first_failure().has_value());
    CHECK(last.first_failure()->message == "(no reason given)");
    CHECK(last.first_failure()->row == 3);
    return found_bits(job, last);
  };
  CHECK(bits_of(true) == bits_of(false));
}

TEST_CASE("ask and tell: a stop that is asked for ends a run that waits") {
  const Session session = full_session();
  const Job job = host_job(session, bowl_problem(), swarm_document());
  Run run(job.plan, job.options);
  AskTell host(run, job);
  CHECK(host.ask().size() == 10);
  run.request_stop();
  CHECK(host.ask().size() == 0);
  CHECK(run.state() == RunState::finished);
  CHECK(run.stop_reason() == StopReason::interrupted);
}

TEST_CASE("ask and tell: operators that evaluate themselves are refused, nobody being there to answer them") {
  const Session session = full_session();
  RunDocument document = swarm_document();
  document.algorithm.name = "memetic_particle_swarm";
  document.algorithm.parameters = {};
  Diagnostics diagnostics;
  const auto problem = make_problem(bowl_problem(), diagnostics);
  CHECK_FALSE(session.prepare(document, problem, diagnostics).has_value());
  REQUIRE(diagnostics.error_count() > 0);
  CHECK(diagnostics.items()[0].code == "evaluator-waits");
}

}  // namespace
