// JournalFile: a file that only grows, by whole records.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "journal/evaluation_record.hpp"

namespace skein {

/// One process has it at a time. Functions return an error number of the system or 0.
class JournalFile {
 public:
  JournalFile() = default;
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;
  ~JournalFile();

  /// Opens or creates. EWOULDBLOCK: another process has it.
  [[nodiscard]] int open(const std::string& path);

  /// Everything in it, as long as nothing is written.
  [[nodiscard]] int read(const std::function<void(std::span<const std::byte>)>& use) const;

  /// An empty file gets its first lines; they are on the disk.
  [[nodiscard]] int begin(std::string_view head, const std::string& path);

  /// Records follow at this place; what stands there is cut off.
  [[nodiscard]] int go_on_at(std::size_t size);

  /// Adds bytes. On an error the file is as it was. They are on the disk when the last time was over 0.1 s ago.
  [[nodiscard]] int append(std::span<const std::byte> bytes);

  /// Waits until everything is on the disk.
  [[nodiscard]] int synchronize();

 private:
  using Clock = std::chrono::steady_clock;

  int descriptor_ = -1;
  std::size_t size_ = 0;
  bool is_synchronized_ = true;
  Clock::time_point synchronized_at_ = Clock::now();
};

}  // namespace skein
