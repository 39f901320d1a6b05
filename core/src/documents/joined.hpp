// Names in a row, for messages.
#pragma once

#include <string>
#include <vector>

namespace skein {

/// "a, b, c".
[[nodiscard]] inline std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace skein
