// Numbers as they are written in messages.
#pragma once

#include <array>
#include <charconv>
#include <string>

namespace skein {

/// The shortest text that is read as the same number: "3", "2.5".
[[nodiscard]] inline std::string written(double number) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
}

}  // namespace skein
