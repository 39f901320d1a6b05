// MemoryLevels: how short memory is, with hysteresis.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "skein/memory_config.hpp"
#include "skein/object.hpp"

namespace skein {

enum class MemoryLevel : std::uint8_t { normal, warning, critical, emergency };

[[nodiscard]] std::string_view to_text(MemoryLevel level) noexcept;

/// One size against one limit. A level is entered at its upper bound and left below its lower one.
class MemoryLevels {
 public:
  MemoryLevels() = default;
  /// `limit` below 0: no level is ever entered. With `thresholds`, those of the config count instead of the fractions.
  MemoryLevels(const MemoryConfig& config, std::int64_t base, std::int64_t limit, bool thresholds);

  MemoryLevel update(std::int64_t bytes) noexcept;
  [[nodiscard]] MemoryLevel level() const noexcept { return level_; }

  [[nodiscard]] std::int64_t base() const noexcept { return base_; }
  [[nodiscard]] std::int64_t limit() const noexcept { return limit_; }
  /// Bytes from which a level above normal is entered; the largest number for never.
  [[nodiscard]] std::int64_t entry(MemoryLevel level) const noexcept { return enter_[place(level)]; }
  [[nodiscard]] std::int64_t exit(MemoryLevel level) const noexcept { return leave_[place(level)]; }

  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  [[nodiscard]] static std::size_t place(MemoryLevel level) noexcept { return static_cast<std::size_t>(level) - 1; }

  std::int64_t base_ = 0;
  std::int64_t limit_ = -1;
  std::array<std::int64_t, 3> enter_ = {};
  std::array<std::int64_t, 3> leave_ = {};
  MemoryLevel level_ = MemoryLevel::normal;
};

}  // namespace skein
