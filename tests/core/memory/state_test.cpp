#include "skein/memory_state.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/core/support/state_text.hpp"
#include "tests/support/allocation_count.hpp"

using namespace skein;

namespace {

constexpr std::int64_t one_mebibyte = 1 << 20;

MemoryReading size_of(double mebibytes) { return {static_cast<std::int64_t>(mebibytes * mebibyte), -1}; }

/// A room of 100 MiB above a base of 50 MiB.
MemoryState configured(MemoryConfig config = {}) {
  MemoryState state;
  config.limit_mb = 150;
  state.configure(config, size_of(50), {}, {0, 0});
  return state;
}

std::string types_of(const std::vector<MemoryAlert>& alerts) {
  std::string text;
  for (const MemoryAlert& alert : alerts) {
    text += (text.empty() ? "" : " ") + std::string(to_text(alert.type)) + "@" + std::to_string(alert.iteration);
  }
  return text;
}

/// A folder that looks like the root of a machine.
class Root {
 public:
  Root() : folder_(std::filesystem::temp_directory_path() / ("skein_root_" + std::to_string(getpid()))) {
    std::filesystem::remove_all(folder_);
  }
  ~Root() { std::filesystem::remove_all(folder_); }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;
  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file) << text;
  }
  [[nodiscard]] std::int64_t limit(std::int64_t resident) const {
    return find_memory_limit(resident, folder_.string()).resident;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("levels of memory are entered at one size and left at a smaller one") {
  MemoryLevels levels(MemoryConfig(), 50 * one_mebibyte, 150 * one_mebibyte, false);
  const auto level = [&](double mebibytes) { return to_text(levels.update(size_of(mebibytes).resident)); };
  CHECK(level(119.9) == "normal");
  CHECK(level(120.1) == "warning");
  CHECK(level(115.1) == "warning");
  CHECK(level(114.9) == "normal");
  CHECK(level(130.1) == "critical");
  CHECK(level(125.1) == "critical");
  CHECK(level(124.9) == "warning");
  CHECK(level(140.1) == "emergency");
  CHECK(level(130.1) == "emergency");
  CHECK(level(129.9) == "critical");
  CHECK(level(60) == "normal");
  CHECK(level(1e6) == "emergency");
  levels.update(-1);
  CHECK(levels.level() == MemoryLevel::emergency);  // what cannot be read changes nothing
}

TEST_CASE("levels of memory can be absolute, and without a limit there are none") {
  MemoryConfig config;
  config.memory_warning_threshold_mb = 120;
  config.memory_critical_threshold_mb = 200;
  config.emergency_cleanup_threshold_mb = 230;
  MemoryLevels levels(config, 50 * one_mebibyte, -1, true);
  CHECK(levels.entry(MemoryLevel::warning) == 120 * one_mebibyte);
  CHECK(levels.exit(MemoryLevel::warning) == 115 * one_mebibyte);  // 50 + 70 · 0.65 / 0.7
  CHECK(levels.entry(MemoryLevel::emergency) == 230 * one_mebibyte);
  CHECK(levels.exit(MemoryLevel::emergency) == 210 * one_mebibyte);
  MemoryLevels none(MemoryConfig(), 50 * one_mebibyte, -1, false);
  CHECK(none.update(std::int64_t{1} << 60) == MemoryLevel::normal);
}

TEST_CASE("a base that leaves no room is refused with the size that it has") {
  MemoryState state;
  MemoryConfig config;
  config.limit_mb = 50;
  CHECK_THROWS_WITH_AS(state.configure(config, size_of(60), {}, {}),
                       "The limit of memory leaves no room: 60 MiB are in use after the first evaluation, and memory "
                       "counts as short from 53 MiB on",
                       std::runtime_error);
  CHECK_FALSE(state.configured());
  CHECK_THROWS_AS(state.configure({}, {60, 1000}, {-1, 900}, {}), std::runtime_error);
}

TEST_CASE("cleanups are due when a level is entered, and then a cool-down apart, and always at the limit") {
  MemoryState state = configured();
  const auto demand = [&](double mebibytes, std::int64_t iteration) {
    const MemoryDemand is = state.check(size_of(mebibytes), {iteration, 0.1 * static_cast<double>(iteration)});
    return std::string(is.emergency ? "emergency" : is.clean_up ? "clean up" : is.release ? "release" : "nothing");
  };
  CHECK(demand(60, 0) == "nothing");
  CHECK(demand(60, 90) == "nothing");
  CHECK(demand(60, 100) == "release");  // every 100 iterations
  CHECK(demand(60, 110) == "nothing");
  CHECK(demand(121, 120) == "clean up");
  CHECK(demand(121, 130) == "nothing");
  CHECK(demand(116, 140) == "nothing");
  CHECK(demand(116, 145) == "clean up");
  CHECK(demand(131, 150) == "clean up");  // critical now
  CHECK(demand(131, 160) == "nothing");
  CHECK(demand(141, 170) == "emergency");
  CHECK(demand(141, 180) == "nothing");
  CHECK(demand(150, 181) == "emergency");
  CHECK(demand(150, 182) == "emergency");
  CHECK(demand(100, 190) == "nothing");
  CHECK(demand(121, 200) == "clean up");  // entered again
  CHECK(types_of(state.alerts()) == "memory_warning@120 memory_critical@150 memory_emergency@170 memory_warning@200");
  CHECK(types_of(state.alerts(MemoryAlertType::memory_warning)) == "memory_warning@120 memory_warning@200");
  const MemoryAlert alert = state.alerts()[1];
  CHECK(alert.memory_mb == 131);
  CHECK(alert.growth_mb == 81);
  CHECK(alert.timestamp == 15);
  CHECK(state.last_cleanup() == 200);
  state.reset_tracking();
  CHECK(state.alerts().empty());
  CHECK(state.alert_count() == 0);
  CHECK(state.level() == MemoryLevel::warning);
}

TEST_CASE("switches of the config of memory hold") {
  MemoryConfig config;
  config.enable_automatic_cleanup = false;
  MemoryState state = configured(config);
  CHECK_FALSE(state.check(size_of(131), {10, 0}).clean_up);
  CHECK(state.check(size_of(141), {20, 0}).emergency);
  config.emergency_recovery_enabled = false;
  state = configured(config);
  CHECK_FALSE(state.check(size_of(149), {10, 0}).clean_up);
  CHECK(state.alert_count() == 1);  // of the level that was reached
  config.cleanup_frequency = 7;
  config.enable_automatic_cleanup = true;
  state = configured(config);
  CHECK(state.check(size_of(125), {10, 0}).clean_up);
  CHECK_FALSE(state.check(size_of(125), {16, 0}).clean_up);
  CHECK(state.check(size_of(125), {17, 0}).clean_up);
}

TEST_CASE("the address space counts against its own limit") {
  MemoryState state;
  state.configure({}, {100, 1000}, {-1, 2000}, {});
  CHECK(state.check({100, 1690}, {10, 0}).clean_up == false);
  CHECK(state.check({100, 1700}, {20, 0}).clean_up);
  CHECK(state.check({100, 1900}, {30, 0}).emergency);
  CHECK(state.is_exhausted());
  state.note_action(MemoryActionKind::release_memory, {30, 0}, 5);
  CHECK(state.is_exhausted());
  state.note_action(MemoryActionKind::thin_histories, {30, 0}, 5);
  CHECK_FALSE(state.is_exhausted());
  state.read_again({100, 1100});
  CHECK(state.level() == MemoryLevel::normal);
}

TEST_CASE("alerts and actions are bounded in number, and nothing allocates") {
  MemoryConfig config;
  config.max_alerts = 7;
  MemoryState state = configured(config);
  const std::size_t bytes = state.size_in_bytes();
  const tests::AllocationCount count;
  for (std::int64_t i = 0; i < 1000; ++i) {
    state.check(size_of(i % 2 == 0 ? 121 : 60), {i, 0});
    state.track(size_of(60 + static_cast<double>(i)), 1000000 + 100000 * static_cast<std::uint64_t>(i), {i, 0});
    state.note_action(MemoryActionKind::thin_histories, {i, 0}, 3);
    state.note_alert(MemoryAlertType::stop, {i, 0});
    state.note_alert(MemoryAlertType::stop, {i, 0});  // the same once more
  }
  CHECK(count.allocations() == 0);
  CHECK(state.size_in_bytes() == bytes);
  CHECK(state.alerts().size() == 7);
  CHECK(state.alerts().back().iteration == 999);
  CHECK(state.alert_count() == 500 + 1000 + 1);  // one leak, of both sizes at the same time
  CHECK(state.actions().size() == MemoryState::most_actions);
  CHECK(state.total(MemoryActionKind::thin_histories).count == 1000);
  CHECK(state.total(MemoryActionKind::thin_histories).freed_bytes == 3000);
}

TEST_CASE("a leak and a step are found once") {
  MemoryState state = configured();
  int found = 0;
  for (std::int64_t i = 0; i <= 400; i += 10) {
    found += state.track(size_of(50 + 0.01 * static_cast<double>(i)), 1000, {i, 0}) ? 1 : 0;
  }
  CHECK(found == 1);
  CHECK(types_of(state.alerts()) == "leak@170");
  CHECK(state.track(size_of(119), 1000, {410, 0}));
  CHECK(types_of(state.alerts()) == "leak@170 step@410");
  CHECK_FALSE(state.track(size_of(119), 1000, {420, 0}));

  MemoryState warm = configured();
  CHECK_FALSE(warm.track(size_of(50), 0, {0, 0}));
  CHECK_FALSE(warm.track(size_of(5000), 0, {10, 0}));  // what is touched for the first time
  CHECK_FALSE(warm.track(size_of(5000), 0, {20, 0}));
  CHECK(warm.track(size_of(5000), 65 << 20, {30, 0}));
}

TEST_CASE("the state of memory goes on from where it was saved, and refuses what is none") {
  MemoryState state = configured();
  for (std::int64_t i = 0; i < 130; ++i) {
    state.check(size_of(60 + static_cast<double>(i % 90)), {i, 0.5 * static_cast<double>(i)});
    state.track(size_of(60), 1000, {i, 0});
    state.note_action(MemoryActionKind::reduce_swarm, {i, 0}, 10, 20);
  }
  state.set_evaluation_rows(5);
  test::StateText text;
  state.save(text);
  MemoryState loaded;
  loaded.load(text);
  CHECK(text.remaining() == 0);
  CHECK(loaded.evaluation_rows() == 5);
  CHECK(loaded.actions().size() == state.actions().size());
  CHECK(loaded.actions().front().iteration == state.actions().front().iteration);
  const auto copy = state.clone();
  for (std::int64_t i = 130; i < 200; ++i) {
    for (MemoryState* one : {&state, &loaded, static_cast<MemoryState*>(copy.get())}) {
      one->check(size_of(60 + static_cast<double>(i % 90)), {i, 0.5 * static_cast<double>(i)});
      one->track(size_of(60), 1000, {i, 0});
    }
  }
  test::StateText first;
  test::StateText second;
  test::StateText third;
  state.save(first);
  loaded.save(second);
  copy->save(third);
  CHECK(first.content == second.content);
  CHECK(first.content == third.content);
  for (std::size_t size = 0; size < first.content.size(); size += 97) {
    test::StateText cut;
    cut.content = first.content.substr(0, size);
    CHECK_THROWS_AS(loaded.load(cut), std::runtime_error);
  }
}

TEST_CASE("the limit of memory is that of the control group, of one above it, or what is available") {
  const Root root;
  CHECK(root.limit(1000) == -1);
  root.write("proc/meminfo", "MemTotal:  16 kB\nMemAvailable:      8 kB\n");
  CHECK(root.limit(1000) == 1000 + 8192);
  CHECK(root.limit(-1) == -1);
  root.write("proc/self/cgroup", "0::/user/job\n");
  root.write("sys/fs/cgroup/user/job/memory.max", "max\n");
  CHECK(root.limit(1000) == 1000 + 8192);
  root.write("sys/fs/cgroup/user/memory.max", "5000000\n");
  CHECK(root.limit(1000) == 5000000);
  root.write("sys/fs/cgroup/user/job/memory.max", "4000000\n");
  CHECK(root.limit(1000) == 4000000);
  root.write("proc/self/cgroup", "5:cpu:/\n7:memory,devices:/box\n");
  root.write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "9223372036854771712\n");
  CHECK(root.limit(1000) == 1000 + 8192);
  root.write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "7000000\n");
  CHECK(root.limit(1000) == 7000000);
}
