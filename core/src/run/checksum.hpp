// Checksum: 64 bits that change with every change of a byte.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "skein/random.hpp"

namespace skein {

/// Hashes a stream of bytes word by word. Every step is bijective in the state and in the word, so that a change within
/// one word always changes the result. How the bytes are divided among calls does not matter.
class Checksum {
 public:
  void add(const void* data, std::size_t size) noexcept {
    const auto* bytes = static_cast<const std::byte*>(data);
    length_ += size;
    while (size > 0 && (used_ > 0 || size < word_bytes)) {
      pending_[used_++] = *bytes++;
      --size;
      if (used_ == word_bytes) {
        add_word(std::bit_cast<std::uint64_t>(pending_));
        used_ = 0;
      }
    }
    for (; size >= word_bytes; size -= word_bytes, bytes += word_bytes) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes, word_bytes);
      add_word(word);
    }
    for (; size > 0; --size) pending_[used_++] = *bytes++;
  }

  /// Of everything added so far.
  [[nodiscard]] std::uint64_t value() const noexcept {
    Checksum last = *this;
    std::memset(last.pending_.data() + last.used_, 0, word_bytes - last.used_);
    last.add_word(std::bit_cast<std::uint64_t>(last.pending_));
    last.add_word(length_);
    return mix_bits(last.state_);
  }

 private:
  static constexpr std::size_t word_bytes = 8;

  void add_word(std::uint64_t word) noexcept {
    state_ = std::rotl(state_ ^ (word * 0x9e3779b97f4a7c15), 29) * 0xbf58476d1ce4e5b9;
  }

  std::uint64_t state_ = 0x736b65696e000001;
  std::uint64_t length_ = 0;
  std::array<std::byte, word_bytes> pending_{};
  std::size_t used_ = 0;
};

}  // namespace skein
