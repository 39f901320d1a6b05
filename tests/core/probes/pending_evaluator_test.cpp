// Probe: an evaluator whose answers come from outside, over several calls of `advance` and in any order.
#include <doctest/doctest.h>

#include "tests/core/support/mailbox.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

TEST_CASE("probe: answers come later, in any order") {
  const auto plan = ask_and_tell_plan();
  std::uint64_t expected = 0;
  for (std::size_t order = 0; order < 4; ++order) {
    const auto drive = [order](Run& run) {
      mailbox().clear();
      std::size_t advances = 0;
      while (run.advance() == RunState::pending) {
        REQUIRE(++advances < 100);
        CHECK(mailbox().asked_twice == 0);
        mailbox().answer_some(order);
      }
      CHECK(run.evaluations() == 3 * mailbox_rows);
      CHECK(advances >= 3 * 3);
    };
    const std::uint64_t hash = check_same_bits(plan, {}, drive);
    if (expected == 0) expected = hash;
    CHECK(hash == expected);
  }
}

TEST_CASE("probe: fitness is not seen before the last answer") {
  Run run(ask_and_tell_plan(), {});
  mailbox().clear();
  CHECK(run.advance() == RunState::pending);
  mailbox().answer_some(0);
  CHECK(run.advance() == RunState::pending);
  CHECK(reals(run, "swarm.fitness") == std::vector<double>(2 * mailbox_rows, 0.0));
  CHECK(run.evaluations() == 0);
}

}  // namespace
}  // namespace skein::test
