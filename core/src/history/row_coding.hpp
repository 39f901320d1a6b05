// Row coding: a row of words as what differs from the row before it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace skein {

// Of each word: a byte whose bit i says that byte i differs, then those bytes exclusive-or the old ones, lowest first.
// A row that follows two others' distance is never longer than both together, because what differs between the first
// and the third differs between one of the pairs: rows can be given up in place.

inline constexpr std::size_t most_word_bytes = 9;

[[nodiscard]] constexpr std::uint8_t differing_bytes(std::uint64_t change) noexcept {
  std::uint8_t mask = 0;
  for (unsigned i = 0; i < 8; ++i) mask |= static_cast<std::uint8_t>(((change >> (8 * i)) & 0xffU) != 0 ? 1U << i : 0U);
  return mask;
}

/// Bytes that the row takes after `previous`.
[[nodiscard]] constexpr std::size_t coded_size(std::span<const std::uint64_t> row,
                                               std::span<const std::uint64_t> previous) noexcept {
  std::size_t size = row.size();
  for (std::size_t i = 0; i < row.size(); ++i) {
    size += static_cast<std::size_t>(std::popcount(differing_bytes(row[i] ^ previous[i])));
  }
  return size;
}

/// Writes the row and returns where it ends.
constexpr std::byte* write_row(std::byte* at, std::span<const std::uint64_t> row,
                               std::span<const std::uint64_t> previous) noexcept {
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::uint64_t change = row[i] ^ previous[i];
    const std::uint8_t mask = differing_bytes(change);
    *at++ = std::byte{mask};
    for (unsigned byte = 0; byte < 8; ++byte) {
      if ((mask >> byte & 1U) != 0) *at++ = static_cast<std::byte>(change >> (8 * byte) & 0xffU);
    }
  }
  return at;
}

/// Turns `row`, the row before, into the one that stands at `at`, and returns where that ends; null when it does not
/// end before `end`.
constexpr const std::byte* read_row(const std::byte* at, const std::byte* end, std::span<std::uint64_t> row) noexcept {
  for (std::uint64_t& word : row) {
    if (at == end) return nullptr;
    const auto mask = static_cast<std::uint8_t>(*at++);
    if (end - at < std::popcount(mask)) return nullptr;
    for (unsigned byte = 0; byte < 8; ++byte) {
      if ((mask >> byte & 1U) != 0) word ^= static_cast<std::uint64_t>(*at++) << (8 * byte);
    }
  }
  return at;
}

}  // namespace skein
