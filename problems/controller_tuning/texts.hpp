// Numbers in messages.
#pragma once

#include <array>
#include <charconv>
#include <string>

namespace skein {

/// The shortest text that reads back as this number.
[[nodiscard]] inline std::string text_of(double value) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

}  // namespace skein
