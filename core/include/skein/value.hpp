// Value: what a document holds, with the place where it stands. The only form in which parameters travel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "skein/diagnostic.hpp"

namespace skein {

struct Value;

/// One `key: value` of an object, in document order.
struct Member;

using List = std::vector<Value>;
using Object = std::vector<Member>;

/// A document value: null, boolean, integer, real, text, list or object. Integers keep their sign and all 64 bits:
/// numbers above 2^63 - 1 are held as std::uint64_t, all others as std::int64_t; `1.0` is a real, `1` an integer.
struct Value {
  std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, List, Object> data;
  SourceLocation where;

  // Compiled once, in value.cpp: the variant makes them large, and nearly every file uses them.
  Value() noexcept;
  Value(bool value);
  Value(int value);
  Value(std::int64_t value);
  Value(std::uint64_t value);
  Value(double value);
  Value(const char* value);
  Value(std::string value);
  Value(List value);
  Value(Object value);
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  [[nodiscard]] bool is_null() const noexcept { return std::holds_alternative<std::nullptr_t>(data); }
  [[nodiscard]] bool is_boolean() const noexcept { return std::holds_alternative<bool>(data); }
  [[nodiscard]] bool is_integer() const noexcept;
  [[nodiscard]] bool is_real() const noexcept { return std::holds_alternative<double>(data); }
  [[nodiscard]] bool is_number() const noexcept { return is_integer() || is_real(); }
  [[nodiscard]] bool is_text() const noexcept { return std::holds_alternative<std::string>(data); }
  [[nodiscard]] bool is_list() const noexcept { return std::holds_alternative<List>(data); }
  [[nodiscard]] bool is_object() const noexcept { return std::holds_alternative<Object>(data); }

  /// Unchecked access: the kind must have been asked for before.
  [[nodiscard]] bool boolean() const { return std::get<bool>(data); }
  [[nodiscard]] double number() const;  ///< an integer or a real, as a double
  [[nodiscard]] const std::string& text() const { return std::get<std::string>(data); }
  [[nodiscard]] const List& list() const { return std::get<List>(data); }
  [[nodiscard]] const Object& object() const { return std::get<Object>(data); }

  /// The member with this key, or nullptr (also when this is no object).
  [[nodiscard]] const Value* find(std::string_view key) const noexcept;

  /// "null", "a boolean", "an integer", "a real number", "a text", "a list" or "an object": for messages.
  [[nodiscard]] std::string_view kind_name() const noexcept;
};

struct Member {
  std::string key;
  SourceLocation key_where;
  Value value;
};

/// Equal content; places are not compared. 1 and 1.0 differ; NaN equals NaN, 0.0 equals -0.0. The order of members
/// counts, because some objects of a document are ordered.
[[nodiscard]] bool operator==(const Value& a, const Value& b);

}  // namespace skein
