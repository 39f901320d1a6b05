// Expressions of tests: compiled over a few variables, their results and findings as texts.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/expression.hpp"

namespace skein::expression_test {
using skein::Diagnostics;
using skein::Expression;
using skein::ExpressionContext;
using skein::ExpressionVariable;
using skein::Scalar;
using skein::ScalarType;

inline constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

inline const std::vector<std::string> names = {"d", "iterations", "iteration_limit", "stop", "x", "swarm.size", "big"};

inline std::optional<ExpressionVariable> resolve(std::string_view name) {
  constexpr std::array types = {ScalarType::integer, ScalarType::integer, ScalarType::integer, ScalarType::boolean,
                                ScalarType::real,    ScalarType::integer, ScalarType::integer};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return ExpressionVariable{i, types[i]};
  }
  return std::nullopt;
}

inline std::vector<Scalar> values() {
  return {Scalar(std::int64_t{30}), Scalar(std::int64_t{7}), Scalar(std::int64_t{10}), Scalar(false), Scalar(0.5),
          Scalar(std::int64_t{40}), Scalar(largest)};
}

inline std::optional<Expression> compile(std::string_view text, Diagnostics& diagnostics) {
  return Expression::compile(text, {resolve, names, {"a.json", 3, 20}, "nodes/stop", "", 0}, diagnostics);
}

inline Expression compiled(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<Expression> expression = compile(text, diagnostics);
  for (const auto& item : diagnostics.items()) MESSAGE(skein::to_text(item));
  REQUIRE(expression.has_value());
  CHECK(diagnostics.empty());
  return *expression;
}

/// Type and value: "integer 3", "real 0.5", "boolean true".
inline std::string shown(const Scalar& value) {
  std::string out(skein::type_name(value.type()));
  if (value.type() == ScalarType::boolean) return out + (value.as_boolean() ? " true" : " false");
  if (value.type() == ScalarType::integer) return out + " " + std::to_string(value.as_integer());
  std::array<char, 40> digits{};
  std::snprintf(digits.data(), digits.size(), " %.17g", value.as_real());
  return out + digits.data();
}

inline std::string result(std::string_view text) {
  const std::vector<Scalar> variables = values();
  const Expression expression = compiled(text);
  const Scalar value = expression.evaluate(variables);
  CHECK(value.type() == expression.type());
  return shown(value);
}

/// The findings for a text that must be refused, one below the other.
inline std::string refused(std::string_view text) {
  Diagnostics diagnostics;
  CHECK_FALSE(compile(text, diagnostics).has_value());
  std::string out;
  for (const auto& item : diagnostics.items()) {
    CHECK(item.path == "nodes/stop");
    CHECK(item.where.file == "a.json");
    CHECK(item.where.line == 3);
    out += (out.empty() ? "" : "\n") + std::to_string(item.where.column - 20) + " " + item.code + ": " + item.message;
  }
  return out;
}

inline skein::Diagnostic only_finding(std::string_view text) {
  Diagnostics diagnostics;
  CHECK_FALSE(compile(text, diagnostics).has_value());
  REQUIRE(diagnostics.items().size() == 1);
  return diagnostics.items()[0];
}

struct Case {
  const char* text;
  const char* result;
};

inline void check_all(std::initializer_list<Case> cases) {
  for (const Case& one : cases) CHECK_MESSAGE(result(one.text) == one.result, one.text);
}

}  // namespace skein::expression_test
