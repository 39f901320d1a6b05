// MemoryState: what a run knows of its memory: bounds, track, alerts, and what was done.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "skein/leak_detector.hpp"
#include "skein/memory_config.hpp"
#include "skein/memory_levels.hpp"
#include "skein/memory_limit.hpp"
#include "skein/memory_tracker.hpp"
#include "skein/object.hpp"

namespace skein {

enum class MemoryAlertType : std::uint8_t { memory_warning, memory_critical, memory_emergency, leak, step, stop };

struct MemoryAlert {
  MemoryAlertType type = MemoryAlertType::memory_warning;
  double memory_mb = 0;
  double growth_mb = 0;  ///< since the first reading
  std::int64_t iteration = 0;
  double timestamp = 0;  ///< seconds of the run's clock
};

/// What can be done for memory, in the order in which it degrades a run; then what takes some of that back.
enum class MemoryActionKind : std::uint8_t {
  thin_histories,
  reduce_archive,
  release_memory,
  reduce_batch,
  reduce_swarm,
  stop,
  restore_batch  ///< more rows are evaluated at a time again
};

struct MemoryAction {
  MemoryActionKind kind = MemoryActionKind::thin_histories;
  MemoryLevel level = MemoryLevel::normal;
  std::int64_t iteration = 0;
  double timestamp = 0;
  std::uint64_t freed_bytes = 0;
  std::int64_t left = -1;  ///< rows that are evaluated at a time, or of the swarm, afterwards; -1: of no meaning
};

struct MemoryActionTotal {
  std::uint64_t count = 0;
  std::uint64_t freed_bytes = 0;
};

[[nodiscard]] std::string_view to_text(MemoryAlertType type) noexcept;
[[nodiscard]] std::string_view to_text(MemoryActionKind kind) noexcept;

/// When something happens: for alerts and actions.
struct MemoryMoment {
  std::int64_t iteration = 0;
  double seconds = 0;
};

/// What a check asks for.
struct MemoryDemand {
  bool clean_up = false;
  bool emergency = false;
  bool release = false;  ///< also without a cleanup
};

/// Bytes that were given up for an evaluation that ran out of memory.
struct MemoryRecovered {
  std::uint64_t histories = 0;
  std::uint64_t archives = 0;
  std::uint64_t released = 0;
};

/// The memory of the operators that keep a run within its bounds. Its own memory is bounded, and there from `configure`
/// on. Not for several threads at once.
class MemoryState final : public ObjectVariable {
 public:
  static constexpr std::string_view type = "memory";
  static constexpr std::size_t most_actions = 100;  ///< that are kept one by one; totals count all

  MemoryState();

  /// Begins anew: with this reading as the base. A limit of the config goes before `limit.resident`. Throws
  /// std::runtime_error, with the base, when there is no room above it.
  void configure(const MemoryConfig& config, const MemoryReading& reading, const MemoryLimit& limit,
                 MemoryMoment moment);
  [[nodiscard]] bool configured() const noexcept { return configured_; }
  [[nodiscard]] const MemoryConfig& config() const noexcept { return config_; }

  /// Whether the state was loaded, and speaks of another process than this reading does: `measure_again` is due.
  [[nodiscard]] bool is_of_another_process(const MemoryReading& reading) const noexcept;
  /// Begins anew in the process that the run goes on in: base, limit and levels, the track and the search for leaks.
  /// The base is the reading less `can_be_given_up`. Config, alerts, actions and their totals stay. Where there is no
  /// room above the base, levels are parts of the limit itself.
  void measure_again(const MemoryReading& reading, std::int64_t can_be_given_up, const MemoryLimit& limit,
                     MemoryMoment moment) noexcept;

  /// Takes a reading and says what is to be done about it. A level that is entered raises an alert, once. When memory
  /// is enough again and the last cleanup is long enough ago, twice as many rows are evaluated at a time, until they
  /// are as many as at first.
  MemoryDemand check(const MemoryReading& reading, MemoryMoment moment) noexcept;
  /// Takes a reading in between, after an action: only the level follows.
  void read_again(const MemoryReading& reading) noexcept;
  [[nodiscard]] MemoryLevel level() const noexcept { return std::max(resident_.level(), address_space_.level()); }
  /// Whether the newest reading is at least where this level is entered, whichever level holds.
  [[nodiscard]] bool reaches(MemoryLevel level) const noexcept;
  /// Whether even what can be done in an emergency, all of it, was not enough: the level of the emergency is still
  /// reached, and the actions of this cleanup had nothing left to give up.
  [[nodiscard]] bool is_exhausted() const noexcept;

  /// Adds sizes for the search for leaks. True when one was found that was not known before; it raises an alert. A
  /// leak, or a step, is known until none of its kind was seen for `leak_window` times.
  bool track(const MemoryReading& reading, std::uint64_t counted_bytes, MemoryMoment moment) noexcept;
  /// Whether a leak that was found now is to be cleaned up for: with automatic cleanup, `cleanup_frequency` iterations
  /// after the last one at the earliest. That counts as a cleanup.
  bool begin_leak_cleanup(MemoryMoment moment) noexcept;

  /// Takes note of an evaluation that ran out of memory, and of what was given up for it: an alert of an emergency,
  /// whatever the level, and actions. The reading is that of afterwards.
  void note_recovery(const MemoryReading& reading, const MemoryRecovered& given_up, MemoryMoment moment) noexcept;
  /// Takes note of a pause for want of memory: an alert and an action.
  void note_stop(MemoryMoment moment) noexcept;
  void note_alert(MemoryAlertType kind, MemoryMoment moment) noexcept;
  void note_action(MemoryActionKind kind, MemoryMoment moment, std::uint64_t freed_bytes,
                   std::int64_t left = -1) noexcept;

  /// The newest alerts, the oldest of them first; of one type if asked for.
  [[nodiscard]] std::vector<MemoryAlert> alerts(std::optional<MemoryAlertType> wanted = {}) const;
  [[nodiscard]] std::uint64_t alert_count() const noexcept { return alert_count_; }
  [[nodiscard]] std::vector<MemoryAction> actions() const;
  [[nodiscard]] const MemoryActionTotal& total(MemoryActionKind kind) const noexcept;

  [[nodiscard]] const MemoryTrack& track() const noexcept { return track_; }
  [[nodiscard]] const MemoryLevels& resident() const noexcept { return resident_; }
  [[nodiscard]] const MemoryLevels& address_space() const noexcept { return address_space_; }
  [[nodiscard]] std::uint64_t counted_bytes() const noexcept { return counted_bytes_; }
  [[nodiscard]] std::int64_t last_check() const noexcept { return last_check_; }
  [[nodiscard]] std::int64_t last_cleanup() const noexcept { return last_cleanup_; }
  [[nodiscard]] const MemoryReading& newest() const noexcept { return newest_; }
  /// How many rows are evaluated at a time; 0: any number.
  [[nodiscard]] std::size_t evaluation_rows() const noexcept { return evaluation_rows_; }
  /// From now on that many rows are evaluated at a time, of `all`.
  void set_evaluation_rows(std::size_t rows, std::size_t all) noexcept;

  /// Forgets track, alerts and actions; config, levels and bounds stay. The track begins at `seconds` of the run's
  /// clock with this reading or, where that is unknown, the newest one.
  void reset_tracking(double seconds, const MemoryReading& reading = {}) noexcept;

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override;
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override;
  void save(StateWriter& writer) const override;
  void load(StateReader& reader) override;
  /// It does not speak of rows.
  void rows_changed(const RowMap&) override {}

 private:
  /// What an alert is raised for when it begins, and again only after it was absent for a whole window.
  struct Condition {
    bool is_known = false;
    std::uint64_t absent = 0;  ///< checks in a row
  };

  [[nodiscard]] bool is_beyond_limit() const noexcept;
  [[nodiscard]] bool begins(Condition& condition, bool holds) const noexcept;
  void restore_batch(MemoryMoment moment) noexcept;
  void forget_leaks() noexcept;
  void add_action(const MemoryAction& action) noexcept;

  MemoryConfig config_;
  bool configured_ = false;
  MemoryLevels resident_;
  MemoryLevels address_space_;
  MemoryTrack track_;
  LeakDetector resident_leak_;
  LeakDetector counted_leak_;
  Condition leak_;
  Condition step_;
  std::uint64_t tracked_ = 0;
  std::uint64_t counted_bytes_ = 0;
  MemoryReading newest_;
  std::int64_t last_check_ = 0;
  std::int64_t last_cleanup_ = -1;  ///< -1: none yet
  std::int64_t last_release_ = 0;
  MemoryLevel cleaned_level_ = MemoryLevel::normal;  ///< of the last cleanup, while memory is short
  bool gave_up_any_ = false;                         ///< the actions of this cleanup
  std::size_t evaluation_rows_ = 0;
  std::size_t all_evaluation_rows_ = 0;  ///< before they became fewer
  bool is_loaded_ = false;               ///< and has seen no reading since
  std::vector<MemoryAlert> alerts_;      ///< a ring
  std::uint64_t alert_count_ = 0;
  std::vector<MemoryAction> actions_;  ///< a ring
  std::uint64_t action_count_ = 0;
  std::array<MemoryActionTotal, 7> totals_ = {};
};

}  // namespace skein
