#include "documents/object_writer.hpp"

#include <cmath>
#include <cstdint>

namespace skein {

void put(Object& object, std::string key, Value value) { object.push_back({std::move(key), {}, std::move(value)}); }

void put_text(Object& object, std::string key, std::string text) {
  if (!text.empty()) put(object, std::move(key), Value(std::move(text)));
}

void put_object(Object& object, std::string key, Object members) {
  if (!members.empty()) put(object, std::move(key), Value(std::move(members)));
}

void put_requirements(Object& object, const std::vector<std::pair<std::string, std::string>>& requirements) {
  Object members;
  for (const auto& [plugin, range] : requirements) put(members, plugin, Value(range));
  put_object(object, "requires", std::move(members));
}

Value written_number(double number) {
  constexpr double exactly_held = 9007199254740992.0;  // 2^53
  const bool is_integer = std::trunc(number) == number && std::abs(number) <= exactly_held;
  return is_integer ? Value(static_cast<std::int64_t>(number)) : written_value(Value(number));
}

Value written_value(const Value& value) {
  if (value.is_real() && !std::isfinite(value.number())) {
    if (std::isnan(value.number())) return Value("= nan");
    return Value(value.number() > 0 ? "= inf" : "= -inf");
  }
  if (value.is_object()) return Value(written_members(value.object()));
  if (!value.is_list()) return value;
  List items;
  for (const Value& item : value.list()) items.push_back(written_value(item));
  return Value(std::move(items));
}

Object written_members(const Object& members) {
  Object out;
  for (const Member& member : members) put(out, member.key, written_value(member.value));
  return out;
}

}  // namespace skein
