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

/// What can be done for memory, in the order in which it degrades a run.
enum class MemoryActionKind : std::uint8_t {
  thin_histories,
  reduce_archive,
  release_memory,
  reduce_batch,
  reduce_swarm,
  stop
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

  /// Takes a reading and says what is to be done about it. A level that is entered raises an alert, once.
  MemoryDemand check(const MemoryReading& reading, MemoryMoment moment) noexcept;
  /// Takes a reading in between, after an action: only the level follows.
  void read_again(const MemoryReading& reading) noexcept;
  [[nodiscard]] MemoryLevel level() const noexcept { return std::max(resident_.level(), address_space_.level()); }
  /// Whether even what can be done in an emergency, all of it, was not enough: the level of the emergency is still
  /// reached, and the actions of this cleanup had nothing left to give up.
  [[nodiscard]] bool is_exhausted() const noexcept;

  /// Adds sizes for the search for leaks. True when one was found that was not known before; it raises an alert.
  bool track(const MemoryReading& reading, std::uint64_t counted_bytes, MemoryMoment moment) noexcept;

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
  [[nodiscard]] std::size_t evaluation_rows() const noexcept { return evaluation_rows_; }
  void set_evaluation_rows(std::size_t rows) noexcept { evaluation_rows_ = rows; }

  /// Forgets track, alerts and actions; config, levels and bounds stay.
  void reset_tracking() noexcept;

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override;
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override;
  void save(StateWriter& writer) const override;
  void load(StateReader& reader) override;
  /// It does not speak of rows.
  void rows_changed(const RowMap&) override {}

 private:
  [[nodiscard]] bool is_beyond_limit() const noexcept;
  bool look_for_leak(LeakDetector& detector, std::int64_t bytes, MemoryMoment moment, bool& is_known) noexcept;

  MemoryConfig config_;
  bool configured_ = false;
  MemoryLevels resident_;
  MemoryLevels address_space_;
  MemoryTrack track_;
  LeakDetector resident_leak_;
  LeakDetector counted_leak_;
  bool resident_leak_known_ = false;
  bool counted_leak_known_ = false;
  std::uint64_t tracked_ = 0;
  std::uint64_t counted_bytes_ = 0;
  MemoryReading newest_;
  std::int64_t last_check_ = 0;
  std::int64_t last_cleanup_ = -1;  ///< -1: none yet
  std::int64_t last_release_ = 0;
  MemoryLevel cleaned_level_ = MemoryLevel::normal;  ///< of the last cleanup, while memory is short
  bool gave_up_any_ = false;                         ///< the actions of this cleanup
  std::size_t evaluation_rows_ = 0;
  std::vector<MemoryAlert> alerts_;  ///< a ring
  std::uint64_t alert_count_ = 0;
  std::vector<MemoryAction> actions_;  ///< a ring
  std::uint64_t action_count_ = 0;
  std::array<MemoryActionTotal, 6> totals_ = {};
};

}  // namespace skein
