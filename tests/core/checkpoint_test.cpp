// Checkpoints that are damaged, cut, foreign, newer or of another plan are refused, and change nothing.
#include <doctest/doctest.h>

#include <cstring>
#include <set>

#include "run/checksum.hpp"
#include "skein/neighborhood.hpp"
#include "tests/core/support/mailbox.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

using Codes = std::vector<std::string>;

std::unique_ptr<ObjectVariable> make_neighborhood() { return std::make_unique<Neighborhood>(); }

struct SetLists {
  static constexpr std::string_view name = "set_lists";
  static constexpr std::string_view summary = "explicit lists";
  struct Ports {
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports = std::tuple{inout("neighborhood", &Ports::neighborhood, "neighborhood", "")};
  static void run(const Ports& io, StepContext& context) {
    io.neighborhood->set_rows(std::vector<std::vector<std::uint32_t>>{{1}, {2}, {0}});
    context.set_stop_reason(StopReason::stagnation);
  }
};

std::shared_ptr<const Plan> island(std::size_t width) {
  PlanBuilder builder(width);
  const std::size_t swarm = builder.population("swarm", 3, 4);
  const auto x = variable(builder.column(swarm, "x", {real_part(width), index_part(swarm)}, {1.0}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  builder.step<FillUniform>("fill", swarm, {{"value", x}});
  builder.evaluator<Sphere>("evaluate", swarm, {{"position", x}, {"fitness", fitness}});
  return builder.build();
}

/// Frames, an object, an index, globals: everything that a checkpoint can hold.
std::shared_ptr<const Plan> plan_with_everything(std::size_t width = 2, const std::string& global = "flag") {
  PlanBuilder builder(width);
  const std::size_t swarm = builder.population("swarm", 3);
  builder.global(global, Element::boolean, 1.0);
  const auto x = variable(builder.column(swarm, "x", {real_part(width)}));
  const auto neighborhood = variable(builder.object("neighborhood", make_neighborhood, swarm));
  const std::size_t islands = builder.child(island(width), 2);
  const std::size_t loop = builder.next_step();
  builder.step<SetLists>("lists", no_population, {{"neighborhood", neighborhood}});
  builder.enter("islands", islands, true);
  builder.step<FillUniform>("fill", swarm, {{"value", x}});
  builder.repeat(loop, 3);
  return builder.build();
}

/// A run after some steps.
Run run_for(const std::shared_ptr<const Plan>& plan, std::size_t steps) {
  Run run(plan, {});
  for (std::size_t i = 0; i < steps; ++i) run.advance(Advance::one_step);
  return run;
}

TEST_CASE("a run continues from a checkpoint after any step") {
  const auto plan = plan_with_everything();
  Run undisturbed(plan, {});
  undisturbed.advance();
  for (std::size_t steps = 0; steps <= 3 * 6; ++steps) {
    const Run first = run_for(plan, steps);
    RunOptions other;
    other.threads = 2;
    other.tile_rows = 2;
    Run second(plan, other);
    CHECK(restore(second, checkpoint_of(first)).empty());
    CHECK(second.state() == first.state());
    CHECK(state_hash(second) == state_hash(first));
    second.advance();
    CHECK(second.stop_reason() == StopReason::stagnation);
    CHECK(second.evaluations() == undisturbed.evaluations());
    CHECK(second.wall_seconds() >= first.wall_seconds());
    CHECK(state_hash(second) == state_hash(undisturbed));
  }
}

/// Restores into a run that has its own state, and checks that this is kept when the checkpoint is refused.
Codes refused(Run& run, const std::string& checkpoint) {
  const std::uint64_t before = state_hash(run);
  Codes codes = restore(run, checkpoint);
  if (!codes.empty()) CHECK(state_hash(run) == before);
  return codes;
}

TEST_CASE("a checkpoint that is cut anywhere is refused") {
  const auto plan = plan_with_everything();
  const std::string checkpoint = checkpoint_of(run_for(plan, 8));
  Run run = run_for(plan, 2);
  for (std::size_t size = 0; size < checkpoint.size(); ++size) {
    CAPTURE(size);
    CHECK(refused(run, checkpoint.substr(0, size)) == Codes{"checkpoint-truncated"});
  }
  CHECK(refused(run, checkpoint + "x") == Codes{"checkpoint-corrupted"});
}

TEST_CASE("a checkpoint with any flipped byte is refused") {
  const auto plan = plan_with_everything();
  const std::string checkpoint = checkpoint_of(run_for(plan, 8));
  Run run = run_for(plan, 2);
  std::set<std::string> codes;
  for (std::size_t i = 0; i < checkpoint.size(); ++i) {
    for (const unsigned flip : {0x01U, 0x80U, 0xffU}) {
      CAPTURE(i);
      std::string damaged = checkpoint;
      damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ flip);
      const Codes found = refused(run, damaged);
      REQUIRE(found.size() == 1);
      codes.insert(found[0]);
    }
  }
  CHECK(codes == std::set<std::string>{"checkpoint-corrupted", "checkpoint-foreign", "checkpoint-newer",
                                       "checkpoint-truncated"});
}

TEST_CASE("a checkpoint in the middle of an evaluation is refused when damaged") {
  const auto plan = ask_and_tell_plan();
  mailbox().clear();
  Run first(plan, {});
  first.advance();
  mailbox().answer_some(0);
  first.advance();
  const std::string checkpoint = checkpoint_of(first);
  Run run(plan, {});
  for (std::size_t i = 0; i < checkpoint.size(); ++i) {
    std::string damaged = checkpoint;
    damaged[i] = static_cast<char>(~damaged[i]);
    CHECK(refused(run, damaged).size() == 1);
    CHECK(refused(run, checkpoint.substr(0, i)) == Codes{"checkpoint-truncated"});
  }
}

/// The same bytes with checksums that match, as an attacker would make them.
std::string with_right_checksums(std::string checkpoint) {
  constexpr std::size_t header_bytes = 56;
  Checksum sum;
  sum.add(checkpoint.data(), header_bytes);
  std::uint64_t value = sum.value();
  std::memcpy(checkpoint.data() + header_bytes, &value, sizeof value);
  sum.add(checkpoint.data() + header_bytes, checkpoint.size() - header_bytes - sizeof value);
  value = sum.value();
  std::memcpy(checkpoint.data() + checkpoint.size() - sizeof value, &value, sizeof value);
  return checkpoint;
}

TEST_CASE("numbers that make no sense do no harm, even under a right checksum") {
  const auto plan = plan_with_everything();
  const std::string checkpoint = checkpoint_of(run_for(plan, 8));
  CHECK(with_right_checksums(checkpoint) == checkpoint);
  for (std::size_t i = 8; i + 16 <= checkpoint.size(); ++i) {
    for (const unsigned flip : {0x01U, 0x7fU, 0xffU}) {
      std::string damaged = checkpoint;
      damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ flip);
      Run run(plan, {});
      if (restore(run, with_right_checksums(damaged)).empty() && i % 4 == 0) run.advance(Advance::one_step);
    }
  }
}

TEST_CASE("a run goes on with the treatment of denormal numbers that it had") {
  const auto plan = plan_with_everything();
  constexpr std::size_t flag = 32;  // behind magic, format, fingerprint and seed
  for (const bool flushes : {false, true}) {
    RunOptions options;
    options.flush_denormals = flushes;
    const std::string checkpoint = checkpoint_of(Run(plan, options));
    CHECK(checkpoint[flag] == (flushes ? 1 : 0));
    options.flush_denormals = !flushes;
    Run other(plan, options);
    CHECK(restore(other, checkpoint).empty());
    CHECK(checkpoint_of(other)[flag] == checkpoint[flag]);
  }
}

TEST_CASE("what is no checkpoint, newer, or of another plan is called that") {
  Run run = run_for(plan_with_everything(), 2);
  CHECK(refused(run, "{\"format\": \"skein/1\", \"run\": \"x\"}") == Codes{"checkpoint-foreign"});
  CHECK(refused(run, "") == Codes{"checkpoint-truncated"});
  CHECK(refused(run, std::string(500, '\0')) == Codes{"checkpoint-foreign"});
  std::string newer = checkpoint_of(run);
  newer[8] = 2;
  CHECK(refused(run, newer) == Codes{"checkpoint-newer"});
  CHECK(refused(run, checkpoint_of(run_for(plan_with_everything(3), 2))) == Codes{"checkpoint-other-plan"});
  CHECK(refused(run, checkpoint_of(run_for(plan_with_everything(2, "flags"), 2))) == Codes{"checkpoint-other-plan"});
  CHECK(refused(run, checkpoint_of(run_for(plan_with_everything(), 2))).empty());
}

TEST_CASE("the checksum does not depend on how the bytes are handed over") {
  const std::string text = "The quick brown fox jumps over the lazy dog";
  Checksum whole;
  whole.add(text.data(), text.size());
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Checksum parts;
    parts.add(text.data(), cut);
    parts.add(text.data() + cut, text.size() - cut);
    CHECK(parts.value() == whole.value());
  }
  Checksum padded;
  padded.add(text.data(), text.size());
  padded.add("\0", 1);
  CHECK(padded.value() != whole.value());
}

}  // namespace
}  // namespace skein::test
