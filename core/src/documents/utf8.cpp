#include "documents/utf8.hpp"

#include <algorithm>

namespace skein {
namespace {

constexpr std::size_t longest_quotation = 60;

unsigned byte_at(std::string_view text, std::size_t offset) noexcept {
  return offset < text.size() ? static_cast<unsigned char>(text[offset]) : 0U;
}

bool is_between(unsigned byte, unsigned low, unsigned high) noexcept { return low <= byte && byte <= high; }

bool is_continuation(unsigned byte) noexcept { return is_between(byte, 0x80U, 0xbfU); }

/// Whether `second` may follow the lead byte of a sequence of three or four bytes: no overlong form, no surrogate.
bool may_follow(unsigned lead, unsigned second) noexcept {
  if (lead == 0xe0U) return is_between(second, 0xa0U, 0xbfU);
  if (lead == 0xedU) return is_between(second, 0x80U, 0x9fU);
  if (lead == 0xf0U) return is_between(second, 0x90U, 0xbfU);
  if (lead == 0xf4U) return is_between(second, 0x80U, 0x8fU);
  return is_continuation(second);
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text, std::size_t offset) noexcept {
  if (offset >= text.size()) return 0;
  const unsigned lead = byte_at(text, offset);
  const unsigned second = byte_at(text, offset + 1);
  if (lead < 0x80U) return 1;
  if (is_between(lead, 0xc2U, 0xdfU)) return is_continuation(second) ? 2 : 0;
  if (!is_between(lead, 0xe0U, 0xf4U) || !may_follow(lead, second)) return 0;
  if (!is_continuation(byte_at(text, offset + 2))) return 0;
  if (lead < 0xf0U) return 3;
  return is_continuation(byte_at(text, offset + 3)) ? 4 : 0;
}

std::size_t count_code_points(std::string_view text) noexcept {
  const auto starts_one = [](char byte) { return !is_continuation(static_cast<unsigned char>(byte)); };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_one));
}

std::string in_quotes(std::string_view text) {
  std::size_t end = 0;
  std::size_t shown = 0;
  while (end < text.size() && shown < longest_quotation) {
    end += std::max<std::size_t>(1, utf8_sequence_length(text, end));
    ++shown;
  }
  std::string out = "\"";
  out += text.substr(0, end);
  if (end < text.size()) out += "...";
  return out + "\"";
}

}  // namespace skein
