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

/// The names of things that have one, in their order.
template <class Entries>
[[nodiscard]] std::vector<std::string> names_of(const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

}  // namespace skein
