// Probe: a checkpoint in the middle of an evaluation, continued with other threads and tiles.
#include <doctest/doctest.h>

#include "tests/core/support/mailbox.hpp"
#include "tests/core/support/run_checks.hpp"

namespace skein::test {
namespace {

/// Answers until the run ends, or until `advance` has been called `limit` times.
void answer(Run& run, std::size_t limit) {
  for (std::size_t i = 0; i < limit && run.advance() == RunState::pending; ++i) mailbox().answer_some(2);
}

TEST_CASE("probe: a checkpoint in the middle of an evaluation") {
  const auto plan = ask_and_tell_plan();
  mailbox().clear();
  Run undisturbed(plan, {});
  answer(undisturbed, 1000);
  REQUIRE(undisturbed.state() == RunState::finished);

  for (std::size_t advances = 1; advances < 8; ++advances) {
    const auto settings = all_settings(*plan);
    for (std::size_t i = 0; i < settings.size(); ++i) {
      mailbox().clear();
      std::string checkpoint;
      {
        Run first(plan, settings[i]);
        answer(first, advances);
        CHECK(first.state() == RunState::pending);
        checkpoint = checkpoint_of(first);
      }
      RunOptions other = settings[settings.size() - 1 - i];
      other.seed = 77;  // the checkpoint has the seed
      Run second(plan, other);
      CHECK(restore(second, checkpoint).empty());
      CHECK(second.state() == RunState::ready);
      CHECK(second.seed() == 1);
      CHECK(checkpoint_of(second).size() == checkpoint.size());
      answer(second, 1000);
      CHECK(second.state() == RunState::finished);
      CHECK(second.evaluations() == undisturbed.evaluations());
      CHECK(state_hash(second) == state_hash(undisturbed));
    }
  }
}

}  // namespace
}  // namespace skein::test
