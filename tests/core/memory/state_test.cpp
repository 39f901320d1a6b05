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
  state.reset_tracking(20.5);
  CHECK(state.alerts().empty());
  CHECK(state.alert_count() == 0);
  CHECK(state.track().total_samples() == 1);
  CHECK(state.track().current() == size_of(121).resident);
  // The first sample is of now: one that is later by a second says so.
  state.check(size_of(121.5), {201, 21.5});
  CHECK(state.track().trend(60).trend_mb_per_sec == doctest::Approx(0.5));
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

TEST_CASE("growth that goes on raises one alert of a kind, and another one when it was away for a whole window") {
  MemoryConfig config;
  config.leak_window = 8;
  config.leak_step_mb = 5;
  MemoryState state = configured(config);
  std::int64_t iteration = 0;
  double size = 50;
  const auto grow = [&](double each, int times) {
    for (int i = 0; i < times; ++i) state.track(size_of(size += each), 1000, {iteration += 10, 0});
  };
  // Every other check a step, and all of it a leak.
  for (int i = 0; i < 20; ++i) {
    grow(6, 1);
    grow(0.1, 1);
  }
  CHECK(types_of(state.alerts()) == "step@50 leak@100");
  grow(0, 6);
  grow(6, 1);
  CHECK(types_of(state.alerts(MemoryAlertType::step)) == "step@50");
  grow(0, 8);
  grow(6, 1);
  CHECK(types_of(state.alerts(MemoryAlertType::step)) == "step@50 step@560");
  grow(0, 20);
  grow(0.1, 20);
  CHECK(state.alerts(MemoryAlertType::leak).size() == 2);
}

TEST_CASE("a leak is cleaned up for with automatic cleanup, a cool-down apart, and that counts as a cleanup") {
  MemoryState state = configured();
  CHECK(state.begin_leak_cleanup({10, 0}));
  CHECK(state.last_cleanup() == 10);
  CHECK(state.track().cleanups() == 1);
  CHECK_FALSE(state.begin_leak_cleanup({34, 0}));
  CHECK(state.begin_leak_cleanup({35, 0}));
  MemoryConfig config;
  config.enable_automatic_cleanup = false;
  MemoryState off = configured(config);
  CHECK_FALSE(off.begin_leak_cleanup({100, 0}));
  CHECK(off.last_cleanup() == -1);
}

TEST_CASE("batches that became smaller grow again when memory is enough, up to what they were") {
  MemoryState state = configured();
  CHECK(state.check(size_of(145), {10, 0}).emergency);
  state.set_evaluation_rows(10, 40);
  state.set_evaluation_rows(5, 20);
  state.check(size_of(60), {30, 0});
  CHECK(state.evaluation_rows() == 5);  // too early
  state.check(size_of(60), {40, 0});
  CHECK(state.evaluation_rows() == 10);
  state.check(size_of(60), {50, 0});
  CHECK(state.evaluation_rows() == 20);
  state.check(size_of(60), {60, 0});
  CHECK(state.evaluation_rows() == 0);
  state.check(size_of(60), {70, 0});
  CHECK(state.total(MemoryActionKind::restore_batch).count == 3);
  CHECK(state.actions().back().left == 40);
  CHECK(state.actions().back().iteration == 60);
}

TEST_CASE("an emergency that is over by its readings holds its level, and is not reached") {
  MemoryState state = configured();
  state.check(size_of(141), {10, 0});
  CHECK(state.reaches(MemoryLevel::emergency));
  state.read_again(size_of(135));
  CHECK(state.level() == MemoryLevel::emergency);
  CHECK_FALSE(state.reaches(MemoryLevel::emergency));
  CHECK(state.reaches(MemoryLevel::critical));
}

TEST_CASE("a state that goes on in another process is measured anew there") {
  const auto in_process = [](double mebibytes) { return MemoryReading{size_of(mebibytes).resident, 1 << 30}; };
  MemoryConfig config;
  MemoryState state;
  state.configure(config, in_process(50), {size_of(150).resident, -1}, {0, 0});
  state.check(in_process(141), {10, 1});
  state.note_action(MemoryActionKind::thin_histories, {10, 1}, 77);
  for (int i = 0; i < 10; ++i) state.track(in_process(141), 5, {10, 1});
  CHECK_FALSE(state.is_of_another_process(in_process(30)));
  test::StateText text;
  state.save(text);
  MemoryState loaded;
  loaded.load(text);
  REQUIRE(loaded.is_of_another_process(in_process(30)));
  REQUIRE(loaded.is_of_another_process(size_of(30)));  // where nothing of the process can be read
  loaded.measure_again(in_process(30), size_of(2).resident, {size_of(1028).resident, -1}, {20, 100});
  CHECK_FALSE(loaded.is_of_another_process(in_process(30)));
  CHECK(loaded.resident().base() == size_of(28).resident);
  CHECK(loaded.resident().limit() == size_of(1028).resident);
  CHECK(loaded.resident().entry(MemoryLevel::warning) == size_of(728).resident);
  CHECK(loaded.level() == MemoryLevel::normal);
  CHECK(loaded.track().initial() == size_of(30).resident);
  CHECK(loaded.track().total_samples() == 1);
  CHECK(types_of(loaded.alerts()) == "memory_emergency@10");
  CHECK(loaded.total(MemoryActionKind::thin_histories).freed_bytes == 77);
  // Sizes of another process are no leak of this one.
  for (std::int64_t i = 30; i < 130; i += 10) loaded.track(in_process(30), 5, {i, 100});
  CHECK(loaded.alert_count() == 1);

  // No room at all is an emergency at once.
  MemoryState elsewhere;
  text.position = 0;
  elsewhere.load(text);
  elsewhere.measure_again(in_process(200), 0, {size_of(150).resident, -1}, {20, 100});
  CHECK(elsewhere.check(in_process(200), {20, 100}).emergency);

  // A given limit stays.
  MemoryState given;
  config.limit_mb = 150;
  given.configure(config, in_process(50), {size_of(1000).resident, -1}, {0, 0});
  test::StateText other;
  given.save(other);
  MemoryState again;
  again.load(other);
  again.measure_again(in_process(100), 0, {size_of(2000).resident, -1}, {5, 0});
  CHECK(again.resident().limit() == size_of(150).resident);
  CHECK(again.resident().base() == size_of(100).resident);

  // What the run counts itself is the same everywhere.
  MemoryState counted = configured();
  test::StateText third;
  counted.save(third);
  counted.load(third);
  CHECK_FALSE(counted.is_of_another_process(size_of(60)));
}

TEST_CASE("an evaluation that ran out of memory is an emergency whatever the level, and noted with what was given up") {
  MemoryState state = configured();
  state.check(size_of(60), {10, 1});
  state.note_recovery(size_of(70), {.histories = 100, .archives = 0, .released = 7}, {13, 2});
  CHECK(types_of(state.alerts()) == "memory_emergency@13");
  CHECK(state.alerts()[0].memory_mb == 70);
  REQUIRE(state.actions().size() == 2);
  CHECK(state.actions()[0].kind == MemoryActionKind::thin_histories);
  CHECK(state.actions()[0].level == MemoryLevel::emergency);
  CHECK(state.actions()[0].freed_bytes == 100);
  CHECK(state.actions()[1].kind == MemoryActionKind::release_memory);
  CHECK(state.last_cleanup() == 13);
  CHECK(state.level() == MemoryLevel::normal);
}

TEST_CASE("the state of memory goes on from where it was saved, and refuses what is none") {
  MemoryState state = configured();
  for (std::int64_t i = 0; i < 130; ++i) {
    state.check(size_of(60 + static_cast<double>(i % 90)), {i, 0.5 * static_cast<double>(i)});
    state.track(size_of(60), 1000, {i, 0});
    state.note_action(MemoryActionKind::reduce_swarm, {i, 0}, 10, 20);
  }
  state.set_evaluation_rows(5, 40);
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
