// AlignedBuffer: zeroed memory that starts on a cache line. What is never written takes no memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace skein {

inline constexpr std::size_t cache_line_bytes = 64;

[[nodiscard]] constexpr std::size_t rounded_up(std::size_t value, std::size_t multiple) noexcept {
  return (value + multiple - 1) / multiple * multiple;
}

class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  /// Throws std::bad_alloc.
  explicit AlignedBuffer(std::size_t bytes);

  [[nodiscard]] std::byte* data() const noexcept { return start_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// Gives the pages of the memory back to the system: its content becomes anything, and it stays as usable as it was.
  void release_pages() const noexcept;

 private:
  struct Release {
    void operator()(std::byte* memory) const noexcept;
  };
  std::unique_ptr<std::byte, Release> memory_;
  std::byte* start_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace skein
