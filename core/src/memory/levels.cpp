#include <algorithm>
#include <limits>
#include <stdexcept>

#include "skein/memory_levels.hpp"
#include "skein/memory_tracker.hpp"

namespace skein {

std::string_view to_text(MemoryLevel level) noexcept {
  constexpr std::array<std::string_view, 4> names = {"normal", "warning", "critical", "emergency"};
  return names[static_cast<std::size_t>(level)];
}

MemoryLevels::MemoryLevels(const MemoryConfig& config, std::int64_t base, std::int64_t limit, bool thresholds)
    : base_(base), limit_(limit) {
  const std::array levels = {config.warning_level, config.critical_level, config.emergency_level};
  const std::array releases = {config.warning_release, config.critical_release, config.emergency_release};
  const std::array absolute = {config.memory_warning_threshold_mb, config.memory_critical_threshold_mb,
                               config.emergency_cleanup_threshold_mb};
  const double room = static_cast<double>(limit - base);
  for (std::size_t i = 0; i < 3; ++i) {
    if (!thresholds && limit < 0) {
      enter_[i] = leave_[i] = std::numeric_limits<std::int64_t>::max();
      continue;
    }
    const double above = thresholds ? absolute[i] * mebibyte - static_cast<double>(base) : levels[i] * room;
    enter_[i] = base + static_cast<std::int64_t>(above);
    leave_[i] = base + static_cast<std::int64_t>(above * releases[i] / levels[i]);
  }
}

MemoryLevel MemoryLevels::update(std::int64_t bytes) noexcept {
  if (bytes < 0) return level_;
  auto level = static_cast<std::size_t>(level_);
  while (level < 3 && bytes >= enter_[level]) ++level;
  while (level > 0 && bytes < leave_[level - 1]) --level;
  level_ = static_cast<MemoryLevel>(level);
  return level_;
}

void MemoryLevels::save(StateWriter& writer) const {
  writer.integer(static_cast<std::uint64_t>(base_));
  writer.integer(static_cast<std::uint64_t>(limit_));
  for (std::size_t i = 0; i < 3; ++i) {
    writer.integer(static_cast<std::uint64_t>(enter_[i]));
    writer.integer(static_cast<std::uint64_t>(leave_[i]));
  }
  writer.integer(static_cast<std::uint64_t>(level_));
}

void MemoryLevels::load(StateReader& reader) {
  MemoryLevels read;
  read.base_ = static_cast<std::int64_t>(reader.integer());
  read.limit_ = static_cast<std::int64_t>(reader.integer());
  for (std::size_t i = 0; i < 3; ++i) {
    read.enter_[i] = static_cast<std::int64_t>(reader.integer());
    read.leave_[i] = static_cast<std::int64_t>(reader.integer());
  }
  const std::uint64_t level = reader.integer();
  if (level > 3) throw std::runtime_error("a level of memory makes no sense");
  read.level_ = static_cast<MemoryLevel>(level);
  *this = read;
}

}  // namespace skein
