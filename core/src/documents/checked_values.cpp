#include <cmath>
#include <utility>

#include "documents/object_reader.hpp"
#include "documents/utf8.hpp"
#include "skein/json.hpp"

namespace skein {
namespace {

/// "3.7, a real number"; without content where the kind says enough.
std::string describe(const Value& value) {
  std::string kind(value.kind_name());
  if (value.is_text()) return in_quotes(value.text()) + ", " + kind;
  if (value.is_boolean() || value.is_number()) return write_json(value, JsonLayout::one_line) + ", " + kind;
  return kind;
}

/// "swarm_size" of the path "algorithm/parameters/swarm_size".
std::string subject(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return name.empty() ? "the value" : in_quotes(name);
}

Diagnostic finding(std::string code, const Value& value, const std::string& path, std::string expected) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.where = value.where;
  diagnostic.path = path;
  diagnostic.expected = std::move(expected);
  diagnostic.found = describe(value);
  return diagnostic;
}

Diagnostic wrong_type(const Value& value, const std::string& path, const std::string& expected) {
  Diagnostic diagnostic = finding("wrong-type", value, path, expected);
  diagnostic.message = subject(path) + " must be " + expected + ", not " + std::string(value.kind_name());
  return diagnostic;
}

Diagnostic out_of_range(const Value& value, const std::string& path, const std::string& expected) {
  Diagnostic diagnostic = finding("out-of-range", value, path, expected);
  diagnostic.message = subject(path) + " must be " + expected;
  diagnostic.found = value.is_text() ? in_quotes(value.text()) : write_json(value, JsonLayout::one_line);
  return diagnostic;
}

/// "write 3" for 3.0 where an integer is wanted.
std::string integer_suggestion(const Value& value) {
  constexpr double exactly_held = 9007199254740992.0;  // 2^53
  if (!value.is_real()) return {};
  const double number = value.number();
  if (std::trunc(number) != number || std::abs(number) > exactly_held) return {};
  return "write " + std::to_string(static_cast<std::int64_t>(number));
}

/// `is_too_large`: the upper end must be named even when it is that of all integers.
std::string integer_range(std::int64_t minimum, std::int64_t maximum, bool is_too_large) {
  const bool has_minimum = minimum != std::numeric_limits<std::int64_t>::min();
  const bool has_maximum = is_too_large || maximum != std::numeric_limits<std::int64_t>::max();
  if (has_minimum && has_maximum) return "from " + std::to_string(minimum) + " to " + std::to_string(maximum);
  if (has_minimum) return "at least " + std::to_string(minimum);
  return "at most " + std::to_string(maximum);
}

std::string real_range(const RealRules& rules) {
  const auto shown = [](double number) { return write_json(Value(number), JsonLayout::one_line); };
  if (std::isinf(rules.maximum)) return "at least " + shown(rules.minimum);
  if (std::isinf(rules.minimum)) return "at most " + shown(rules.maximum);
  return "from " + shown(rules.minimum) + " to " + shown(rules.maximum);
}

std::optional<double> special_real(const Value& value) {
  if (!value.is_text()) return std::nullopt;
  if (value.text() == "inf") return std::numeric_limits<double>::infinity();
  if (value.text() == "-inf") return -std::numeric_limits<double>::infinity();
  if (value.text() == "nan") return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

}  // namespace

std::optional<bool> read_boolean(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  if (value.is_boolean()) return value.boolean();
  diagnostics.add(wrong_type(value, path, "a boolean"));
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(const Value& value, const std::string& path, Diagnostics& diagnostics,
                                         std::int64_t minimum, std::int64_t maximum) {
  if (!value.is_integer()) {
    Diagnostic diagnostic = wrong_type(value, path, "an integer");
    diagnostic.suggestion = integer_suggestion(value);
    diagnostics.add(std::move(diagnostic));
    return std::nullopt;
  }
  const auto* integer = std::get_if<std::int64_t>(&value.data);
  if (integer != nullptr && minimum <= *integer && *integer <= maximum) return *integer;
  diagnostics.add(out_of_range(value, path, integer_range(minimum, maximum, integer == nullptr)));
  return std::nullopt;
}

std::optional<std::uint64_t> read_unsigned(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  if (const auto* large = std::get_if<std::uint64_t>(&value.data)) return *large;
  const std::optional<std::int64_t> integer = read_integer(value, path, diagnostics, 0);
  if (!integer) return std::nullopt;
  return static_cast<std::uint64_t>(*integer);
}

std::optional<double> read_real(const Value& value, const std::string& path, Diagnostics& diagnostics,
                                const RealRules& rules) {
  std::optional<double> number = value.is_number() ? value.number() : std::optional<double>{};
  if (rules.special_texts && !number) number = special_real(value);
  if (!number) {
    diagnostics.add(wrong_type(value, path, rules.special_texts ? R"(a number, "inf", "-inf" or "nan")" : "a number"));
  } else if (*number < rules.minimum || *number > rules.maximum) {
    diagnostics.add(out_of_range(value, path, real_range(rules)));
    number.reset();
  }
  return number;
}

std::optional<std::string> read_text(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  if (value.is_text()) return value.text();
  diagnostics.add(wrong_type(value, path, "a text"));
  return std::nullopt;
}

const List* read_list(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  if (value.is_list()) return &value.list();
  diagnostics.add(wrong_type(value, path, "a list"));
  return nullptr;
}

const Value* read_object(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  if (value.is_object()) return &value;
  diagnostics.add(wrong_type(value, path, "an object"));
  return nullptr;
}

}  // namespace skein
