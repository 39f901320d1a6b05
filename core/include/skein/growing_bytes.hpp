// GrowingBytes: bytes in a row that grow where they stand.
#pragma once

#include <cstddef>

namespace skein {

/// As a std::vector<std::byte> whose new bytes have no certain value. Large ones grow by moving pages, where the system
/// can (mremap), so that growth takes no second copy; bytes that nothing was written to take addresses, and no memory.
class GrowingBytes {
 public:
  GrowingBytes() = default;
  GrowingBytes(const GrowingBytes& other);
  GrowingBytes& operator=(const GrowingBytes& other);
  GrowingBytes(GrowingBytes&& other) noexcept;
  GrowingBytes& operator=(GrowingBytes&& other) noexcept;
  ~GrowingBytes();

  [[nodiscard]] std::byte* data() noexcept { return data_; }
  [[nodiscard]] const std::byte* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

  /// Room for so many bytes; std::bad_alloc, and nothing has changed, when there is none.
  void reserve(std::size_t capacity);
  /// The same; false when there is none.
  [[nodiscard]] bool try_reserve(std::size_t capacity) noexcept;
  void resize(std::size_t size);
  void clear() noexcept { size_ = 0; }
  /// Gives up room beyond that many bytes, and beyond what is in use.
  void shrink(std::size_t capacity) noexcept;

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace skein
