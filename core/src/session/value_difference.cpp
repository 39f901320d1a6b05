#include "session/value_difference.hpp"

#include <algorithm>

#include "skein/json.hpp"

namespace skein {
namespace {

std::string text_of(const Value* value) {
  constexpr std::size_t longest = 100;
  if (value == nullptr) return "nothing";
  std::string text = write_json(*value, JsonLayout::one_line);
  if (text.size() > longest) text = text.substr(0, longest) + "…";
  return text;
}

std::optional<ValueDifference> missing(const Value* first, const Value* second, const std::string& path) {
  return ValueDifference{path, text_of(first), text_of(second)};
}

}  // namespace

std::optional<ValueDifference> value_difference(const Value& first, const Value& second, const std::string& path) {
  if (first == second) return std::nullopt;
  if (first.is_object() && second.is_object()) {
    for (const Member& member : first.object()) {
      const Value* other = second.find(member.key);
      const std::string inner = path + "." + member.key;
      if (other == nullptr) return missing(&member.value, nullptr, inner);
      if (auto found = value_difference(member.value, *other, inner)) return found;
    }
    for (const Member& member : second.object()) {
      if (first.find(member.key) == nullptr) return missing(nullptr, &member.value, path + "." + member.key);
    }
    return std::nullopt;
  }
  if (first.is_list() && second.is_list() && first.list().size() == second.list().size()) {
    for (std::size_t i = 0; i < first.list().size(); ++i) {
      const std::string inner = path + "[" + std::to_string(i) + "]";
      if (auto found = value_difference(first.list()[i], second.list()[i], inner)) return found;
    }
    return std::nullopt;
  }
  return missing(&first, &second, path);
}

}  // namespace skein
