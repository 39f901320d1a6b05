#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/expression_cases.hpp"

using namespace skein::expression_test;

namespace {

TEST_CASE("an expression without places and without names compiles") {
  Diagnostics diagnostics;
  CHECK(Expression::compile("1 + 1", {}, diagnostics).has_value());
  CHECK_FALSE(Expression::compile("(x", {}, diagnostics).has_value());
  REQUIRE(diagnostics.items().size() == 2);
  CHECK(diagnostics.items()[0].where.line == 0);
  CHECK(diagnostics.items()[0].where.column == 0);
  CHECK(diagnostics.items()[1].expected == "an operator, or \")\" for the \"(\"");
}

/// A random expression with its value, calculated beside it.
class RandomSum {
 public:
  explicit RandomSum(unsigned seed) : generator_(seed) {}

  std::string text(int depth, std::int64_t& value) {
    const auto kind = depth == 0 ? generator_() % 2 : generator_() % 6;
    if (kind == 0) return number(value);
    if (kind == 1) return value = 30, "d";
    std::int64_t a = 0;
    std::int64_t b = 0;
    const std::string left = text(depth - 1, a);
    const std::string right = text(depth - 1, b);
    if (kind == 2) return value = a + b, "(" + left + " + " + right + ")";
    if (kind == 3) return value = a - b, "(" + left + " - " + right + ")";
    if (kind == 4) return value = (a < b ? a : b), "min(" + left + ", " + right + ")";
    return value = (a <= b ? b - a : 7), "(" + left + " <= " + right + " ? " + right + " - " + left + " : 7)";
  }

 private:
  std::string number(std::int64_t& value) {
    value = static_cast<std::int64_t>(generator_() % 1000);
    return std::to_string(value);
  }

  std::mt19937 generator_;
};

TEST_CASE("random expressions give the values that were calculated beside them") {
  RandomSum sums(5);
  for (int i = 0; i < 500; ++i) {
    std::int64_t expected = 0;
    const std::string text = sums.text(5, expected);
    CHECK_MESSAGE(compiled(text).evaluate(values()).as_integer() == expected, text);
  }
}

TEST_CASE("a damaged expression gives an expression or a finding, never anything else") {
  constexpr std::array<std::string_view, 34> pieces = {"(",      ")",
                                                       "+",      "-",
                                                       "*",      "/",
                                                       "%",      "^",
                                                       "<",      ">=",
                                                       "==",     "!",
                                                       "?",      ":",
                                                       ",",      "and",
                                                       "or",     "not",
                                                       "true",   "d",
                                                       "x",      "stop",
                                                       "big",    "min(",
                                                       "floor(", "1",
                                                       "2.5",    "0",
                                                       "1e300",  "=",
                                                       ".",      "inf",
                                                       "nan",    "9223372036854775807"};
  const std::vector<Scalar> variables = values();
  std::mt19937 generator(99);
  int accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto count = generator() % 12; count > 0; --count) {
      text += pieces[generator() % pieces.size()];
      if (generator() % 2 == 0) text += ' ';
    }
    Diagnostics diagnostics;
    const std::optional<Expression> expression = compile(text, diagnostics);
    if (expression.has_value() == diagnostics.has_errors()) CHECK_MESSAGE(false, text);
    if (!expression) continue;
    ++accepted;
    CHECK_MESSAGE(expression->evaluate(variables).type() == expression->type(), text);
  }
  CHECK(accepted > 300);
}

}  // namespace
