#include "skein/value.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace skein {
namespace {

bool equal_numbers(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool equal_integers(const Value& a, const Value& b) {
  const auto* unsigned_a = std::get_if<std::uint64_t>(&a.data);
  const auto* unsigned_b = std::get_if<std::uint64_t>(&b.data);
  if (unsigned_a == nullptr && unsigned_b == nullptr) {
    return std::get<std::int64_t>(a.data) == std::get<std::int64_t>(b.data);
  }
  if (unsigned_a != nullptr && unsigned_b != nullptr) return *unsigned_a == *unsigned_b;
  return unsigned_a != nullptr ? std::cmp_equal(*unsigned_a, std::get<std::int64_t>(b.data))
                               : std::cmp_equal(*unsigned_b, std::get<std::int64_t>(a.data));
}

bool equal_members(const Object& a, const Object& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].key != b[i].key || !(a[i].value == b[i].value)) return false;
  }
  return true;
}

}  // namespace

Value::Value() noexcept = default;
Value::Value(bool value) : data(value) {}
Value::Value(int value) : data(std::int64_t{value}) {}
Value::Value(std::int64_t value) : data(value) {}
Value::Value(double value) : data(value) {}
Value::Value(const char* value) : data(std::string(value)) {}
Value::Value(std::string value) : data(std::move(value)) {}
Value::Value(List value) : data(std::move(value)) {}
Value::Value(Object value) : data(std::move(value)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Value::Value(std::uint64_t value) {
  if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    data = static_cast<std::int64_t>(value);
  } else {
    data = value;
  }
}

bool Value::is_integer() const noexcept {
  return std::holds_alternative<std::int64_t>(data) || std::holds_alternative<std::uint64_t>(data);
}

double Value::number() const {
  if (const auto* integer = std::get_if<std::int64_t>(&data)) return static_cast<double>(*integer);
  if (const auto* integer = std::get_if<std::uint64_t>(&data)) return static_cast<double>(*integer);
  return std::get<double>(data);
}

const Value* Value::find(std::string_view key) const noexcept {
  const auto* members = std::get_if<Object>(&data);
  if (members == nullptr) return nullptr;
  for (const Member& member : *members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

std::string_view Value::kind_name() const noexcept {
  if (is_null()) return "null";
  if (is_boolean()) return "a boolean";
  if (is_integer()) return "an integer";
  if (is_real()) return "a real number";
  if (is_text()) return "a text";
  return is_list() ? "a list" : "an object";
}

bool operator==(const Value& a, const Value& b) {
  if (a.is_integer() && b.is_integer()) return equal_integers(a, b);
  if (a.data.index() != b.data.index()) return false;
  if (a.is_boolean()) return a.boolean() == b.boolean();
  if (a.is_real()) return equal_numbers(a.number(), b.number());
  if (a.is_text()) return a.text() == b.text();
  if (a.is_list()) return a.list() == b.list();
  if (a.is_object()) return equal_members(a.object(), b.object());
  return true;
}

}  // namespace skein
