#include "skein/expression.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "skein/math.hpp"

namespace {

using skein::Diagnostics;
using skein::Expression;
using skein::ExpressionContext;
using skein::ExpressionVariable;
using skein::Scalar;
using skein::ScalarType;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

const std::vector<std::string> names = {"d", "iterations", "iteration_limit", "stop", "x", "swarm.size", "big"};

std::optional<ExpressionVariable> resolve(std::string_view name) {
  constexpr std::array types = {ScalarType::integer, ScalarType::integer, ScalarType::integer, ScalarType::boolean,
                                ScalarType::real,    ScalarType::integer, ScalarType::integer};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return ExpressionVariable{i, types[i]};
  }
  return std::nullopt;
}

std::vector<Scalar> values() {
  return {Scalar(std::int64_t{30}), Scalar(std::int64_t{7}), Scalar(std::int64_t{10}), Scalar(false), Scalar(0.5),
          Scalar(std::int64_t{40}), Scalar(largest)};
}

std::optional<Expression> compile(std::string_view text, Diagnostics& diagnostics) {
  return Expression::compile(text, {resolve, names, {"a.json", 3, 20}, "nodes/stop"}, diagnostics);
}

Expression compiled(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<Expression> expression = compile(text, diagnostics);
  for (const auto& item : diagnostics.items()) MESSAGE(skein::to_text(item));
  REQUIRE(expression.has_value());
  CHECK(diagnostics.empty());
  return *expression;
}

/// Type and value: "integer 3", "real 0.5", "boolean true".
std::string shown(const Scalar& value) {
  std::string out(skein::type_name(value.type()));
  if (value.type() == ScalarType::boolean) return out + (value.as_boolean() ? " true" : " false");
  if (value.type() == ScalarType::integer) return out + " " + std::to_string(value.as_integer());
  std::array<char, 40> digits{};
  std::snprintf(digits.data(), digits.size(), " %.17g", value.as_real());
  return out + digits.data();
}

std::string result(std::string_view text) {
  const std::vector<Scalar> variables = values();
  const Expression expression = compiled(text);
  const Scalar value = expression.evaluate(variables);
  CHECK(value.type() == expression.type());
  return shown(value);
}

/// The findings for a text that must be refused, one below the other.
std::string refused(std::string_view text) {
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

skein::Diagnostic only_finding(std::string_view text) {
  Diagnostics diagnostics;
  CHECK_FALSE(compile(text, diagnostics).has_value());
  REQUIRE(diagnostics.items().size() == 1);
  return diagnostics.items()[0];
}

struct Case {
  const char* text;
  const char* result;
};

void check_all(std::initializer_list<Case> cases) {
  for (const Case& one : cases) CHECK_MESSAGE(result(one.text) == one.result, one.text);
}

TEST_CASE("the expressions of the documents") {
  check_all({{"10 + floor(2*sqrt(d))", "integer 20"},
             {"stop or iterations >= iteration_limit", "boolean false"},
             {"not (d < x)", "boolean true"},
             {"x > 0 ? 1 : -1", "integer 1"},
             {"swarm.size * 2", "integer 80"},
             {" \t\n( x )\r", "real 0.5"}});
}

TEST_CASE("literals have the type that they look like") {
  check_all({{"0", "integer 0"},
             {"007", "integer 7"},
             {"9223372036854775807", "integer 9223372036854775807"},
             {"-9223372036854775808", "integer -9223372036854775808"},
             {"1.0", "real 1"},
             {"2.5e3", "real 2500"},
             {"1e-8", "real 1e-08"},
             {"1E+2", "real 100"},
             {"true", "boolean true"},
             {"false", "boolean false"},
             {"inf", "real inf"},
             {"-inf", "real -inf"},
             {"pi", "real 3.1415926535897931"},
             {"e", "real 2.7182818284590451"}});
  CHECK(std::isnan(compiled("nan").evaluate({}).as_real()));
}

TEST_CASE("operators bind as stated") {
  check_all({{"1 + 2 * 3", "integer 7"},
             {"(1 + 2) * 3", "integer 9"},
             {"10 - 3 - 2", "integer 5"},
             {"10 - (3 - 2)", "integer 9"},
             {"2 * 3 % 4", "integer 2"},
             {"16 / 4 / 2", "real 2"},
             {"2 ^ 3 ^ 2", "integer 512"},
             {"(2 ^ 3) ^ 2", "integer 64"},
             {"-2 ^ 2", "integer -4"},
             {"(-2) ^ 2", "integer 4"},
             {"2 ^ -1", "real 0.5"},
             {"2 * -3", "integer -6"},
             {"--3", "integer 3"},
             {"- + - 3", "integer 3"},
             {"1 + 2 < 2 * 2", "boolean true"},
             {"not 1 > 2", "boolean true"},
             {"not not true", "boolean true"},
             {"!true or true", "boolean true"},
             {"!(true or true)", "boolean false"},
             {"true or false and false", "boolean true"},
             {"(true or false) and false", "boolean false"},
             {"not false and false", "boolean false"},
             {"not (false and false)", "boolean true"},
             {"true || false && false", "boolean true"},
             {"false ? 1 : true ? 2 : 3", "integer 2"},
             {"true ? false ? 1 : 2 : 3", "integer 2"},
             {"false or true ? 1 + 1 : 0", "integer 2"},
             {"(1 < 2) == (3 > 2)", "boolean true"}});
}

TEST_CASE("integers stay integers and become reals only where one is needed") {
  check_all({{"7 % 3", "integer 1"},
             {"-7 % 3", "integer -1"},
             {"7 % -3", "integer 1"},
             {"7.5 % 2", "real 1.5"},
             {"-7.5 % 2", "real -1.5"},
             {"6 / 3", "real 2"},
             {"1 / 4", "real 0.25"},
             {"1 + 2.0", "real 3"},
             {"2.0 - 1", "real 1"},
             {"d * x", "real 15"},
             {"x * d", "real 15"},
             {"d + 1", "integer 31"},
             {"d == 30.0", "boolean true"},
             {"x < d", "boolean true"},
             {"1 == 1.0", "boolean true"},
             {"stop ? 1 : 2.0", "real 2"},
             {"stop ? 1.0 : 2", "real 2"},
             {"x < 1 ? d : x", "real 30"},
             {"stop == false", "boolean true"},
             {"stop != false", "boolean false"}});
}

TEST_CASE("powers of integers are integers for constant exponents from 0 on") {
  check_all({{"3 ^ 0", "integer 1"},
             {"0 ^ 0", "integer 1"},
             {"d ^ 2", "integer 900"},
             {"d ^ (1 + 1)", "integer 900"},
             {"2 ^ 62", "integer 4611686018427387904"},
             {"(-2) ^ 63", "integer -9223372036854775808"},
             {"1 ^ 9223372036854775807", "integer 1"},
             {"(-1) ^ 9223372036854775807", "integer -1"},
             {"0 ^ 9223372036854775807", "integer 0"},
             {"2 ^ d", "real 1073741824"},
             {"d ^ -1", "real 0.033333333333333333"},
             {"d ^ 2.0", "real 900"},
             {"2.0 ^ 3", "real 8"},
             {"4 ^ x", "real 2"},
             {"pow(2, 3)", "real 8"}});
}

TEST_CASE("functions") {
  check_all({{"abs(-3)", "integer 3"},
             {"abs(-3.5)", "real 3.5"},
             {"min(3, 2)", "integer 2"},
             {"max(3, 2)", "integer 3"},
             {"min(3, 2.5)", "real 2.5"},
             {"max(3, 2.5)", "real 3"},
             {"min(5, 4, 3, 4)", "integer 3"},
             {"max(1, x, d)", "real 30"},
             {"max(x, d, 1)", "real 30"},
             {"floor(2.9)", "integer 2"},
             {"floor(-2.1)", "integer -3"},
             {"ceil(2.1)", "integer 3"},
             {"round(2.5)", "integer 3"},
             {"round(-2.5)", "integer -3"},
             {"round(0.49999999999999994)", "integer 0"},
             {"floor(9007199254740993)", "integer 9007199254740993"},
             {"floor(big)", "integer 9223372036854775807"},
             {"sqrt(2)", "real 1.4142135623730951"},
             {"sign(-7)", "integer -1"},
             {"sign(0)", "integer 0"},
             {"sign(2.5)", "real 1"},
             {"sign(-0.5)", "real -1"},
             {"sqrt(abs(min(-4, x)))", "real 2"}});
  CHECK(std::isnan(compiled("sign(nan)").evaluate({}).as_real()));
  CHECK(std::isnan(compiled("sqrt(-1)").evaluate({}).as_real()));
  CHECK(std::isnan(compiled("min(nan, 1)").evaluate({}).as_real()));
  CHECK(result("min(1, nan)") == "real 1");
}

TEST_CASE("elementary functions are those of skein::math, constant or not") {
  const std::vector<Scalar> variables = values();
  const auto real = [&variables](std::string_view text) { return compiled(text).evaluate(variables).as_real(); };
  CHECK(real("exp(x)") == skein::math::exp(0.5));
  CHECK(real("exp(0.5)") == skein::math::exp(0.5));
  CHECK(real("log(d)") == skein::math::log(30.0));
  CHECK(real("sin(d)") == skein::math::sin(30.0));
  CHECK(real("cos(x)") == skein::math::cos(0.5));
  CHECK(real("pow(d, x)") == skein::math::pow(30.0, 0.5));
  CHECK(real("d ^ x") == skein::math::pow(30.0, 0.5));
}

TEST_CASE("logic and choice evaluate only the sides that they need") {
  const std::vector<Scalar> variables = values();
  for (const char* text :
       {"stop and big + 1 > 0", "not stop or big + 1 > 0", "stop ? big + 1 : 5", "not stop ? 5 : big + 1"}) {
    bool overflowed = false;
    (void)compiled(text).evaluate(variables, &overflowed);
    CHECK_MESSAGE(!overflowed, text);
  }
  for (const char* text : {"stop or big + 1 > 0", "not stop and big + 1 > 0", "stop ? 5 : big + 1"}) {
    bool overflowed = false;
    (void)compiled(text).evaluate(variables, &overflowed);
    CHECK_MESSAGE(overflowed, text);
  }
  check_all({{"stop and stop or not stop", "boolean true"},
             {"not stop and not stop and x > 0", "boolean true"},
             {"stop or stop or stop", "boolean false"},
             {"(stop ? 1 : 2) + (stop ? 3 : 4.5)", "real 6.5"},
             {"1 + (stop or x > 0 ? 10 * (x < 0 ? 1 : 2) : 30) + 100", "integer 121"}});
}

TEST_CASE("integer overflow is limited and flagged when it happens in a run") {
  struct Overflow {
    const char* text;
    std::int64_t limit;
  };
  const std::vector<Scalar> variables = values();
  const std::array<Overflow, 15> cases = {{{"big + 1", largest},
                                           {"-big - 2", smallest},
                                           {"big * 2", largest},
                                           {"big * -2", smallest},
                                           {"-big * -2", largest},
                                           {"big ^ 2", largest},
                                           {"(-big) ^ 3", smallest},
                                           {"-(-big - 1)", largest},
                                           {"abs(-big - 1)", largest},
                                           {"big % (d - 30)", 0},
                                           {"floor(x * 1e300)", largest},
                                           {"ceil(x * -1e300)", smallest},
                                           {"round(x * nan)", 0},
                                           {"round(1.0 * big)", largest},
                                           {"(0 - big) - big", smallest}}};
  for (const Overflow& one : cases) {
    bool overflowed = false;
    const Scalar value = compiled(one.text).evaluate(variables, &overflowed);
    CHECK_MESSAGE(value.as_integer() == one.limit, one.text);
    CHECK_MESSAGE(overflowed, one.text);
  }
  bool overflowed = false;
  CHECK(compiled("(-big - 1) % (29 - d)").evaluate(variables, &overflowed).as_integer() == 0);
  CHECK(compiled("-big - 1").evaluate(variables, &overflowed).as_integer() == smallest);
  CHECK(compiled("floor(-9223372036854775808.0 + x - 0.5)").evaluate(variables, &overflowed).as_integer() == smallest);
  CHECK_FALSE(overflowed);
}

TEST_CASE("integer overflow between constants is an error at its operator") {
  CHECK(refused("1 + 9223372036854775807") == "2 expression-overflow: the result is no integer of 64 bits");
  CHECK(refused("x + 9223372036854775807 * 2") == "24 expression-overflow: the result is no integer of 64 bits");
  CHECK(refused("2 ^ 63") == "2 expression-overflow: the result is no integer of 64 bits");
  CHECK(refused("d + 5 % 0") == "6 expression-overflow: the result is no integer of 64 bits");
  CHECK(refused("floor(inf)") == "0 expression-overflow: the result is no integer of 64 bits");
  CHECK(refused("round(nan)") == "0 expression-overflow: the result is no integer of 64 bits");
  CHECK(refused("abs(-9223372036854775808)") == "0 expression-overflow: the result is no integer of 64 bits");
  CHECK(refused("9223372036854775808") == "0 expression-overflow: this number cannot be held");
  CHECK(refused("99999999999999999999999") == "0 expression-overflow: this number cannot be held");
  CHECK(refused("x + 1e400") == "4 expression-overflow: this number cannot be held");
  CHECK(result("1 / 0") == "real inf");
  CHECK(result("1e308 * 10") == "real inf");
}

TEST_CASE("an expression knows its type, its variables and whether it is constant") {
  const Expression expression = compiled("x + d * x + swarm.size");
  CHECK(expression.type() == ScalarType::real);
  CHECK_FALSE(expression.is_constant());
  CHECK(std::vector<std::size_t>(expression.used_variables().begin(), expression.used_variables().end()) ==
        std::vector<std::size_t>{0, 4, 5});
  CHECK(compiled("2 * (3 + 4) ^ 2 < 5 ? 1 : 0").is_constant());
  CHECK(compiled("2 + 2").used_variables().empty());
  CHECK_FALSE(compiled("false and stop").is_constant());
  const Expression copy = expression;
  CHECK(shown(copy.evaluate(values())) == "real 55.5");
}

TEST_CASE("a literal can be used as an expression") {
  CHECK(shown(Expression::constant(Scalar(std::int64_t{-4})).evaluate({})) == "integer -4");
  CHECK(shown(Expression::constant(Scalar(true)).evaluate({})) == "boolean true");
  CHECK(shown(Expression::constant(Scalar(0.25)).evaluate({})) == "real 0.25");
  CHECK(Expression::constant(Scalar(0.25)).is_constant());
}

TEST_CASE("variables are converted to the types that they were compiled with") {
  const Expression expression = compiled("d + 1");
  const std::array<Scalar, 1> real = {Scalar(2.9)};
  CHECK(shown(expression.evaluate(real)) == "integer 3");
  CHECK(Scalar(true).as_real() == 1.0);
  CHECK(Scalar(true).as_integer() == 1);
  CHECK(Scalar(std::int64_t{0}).as_boolean() == false);
  CHECK(Scalar(0.5).as_boolean() == true);
  CHECK(Scalar(-2.9).as_integer() == -2);
  CHECK(Scalar(1e300).as_integer() == largest);
  CHECK(Scalar(std::numeric_limits<double>::quiet_NaN()).as_integer() == 0);
  CHECK(Scalar().type() == ScalarType::real);
}

TEST_CASE("words with a meaning of their own") {
  for (const char* word : {"true", "false", "inf", "nan", "pi", "e", "and", "or", "not"}) {
    CHECK(skein::is_expression_word(word));
  }
  CHECK_FALSE(skein::is_expression_word("min"));
  CHECK_FALSE(skein::is_expression_word("d"));
}

TEST_CASE("all unknown names and type errors are collected, each at its column") {
  CHECK(refused("iteration + stop * 2 + floor(y) + sqr(d) + (not x)") ==
        "0 expression-unknown-name: the name \"iteration\" is not known here\n"
        "17 expression-type: \"*\" cannot be applied to a boolean and an integer\n"
        "29 expression-unknown-name: the name \"y\" is not known here\n"
        "34 expression-unknown-function: the function \"sqr\" is not known\n"
        "44 expression-type: \"not\" cannot be applied to a real number");
}

TEST_CASE("an unknown name is reported with the nearest one") {
  const skein::Diagnostic finding = only_finding("x + swarm.sise");
  CHECK(skein::to_text(finding) ==
        "a.json:3:24: error: the name \"swarm.sise\" is not known here [expression-unknown-name]\n"
        "  path: nodes/stop\n"
        "  found: \"swarm.sise\"\n"
        "  suggestion: swarm.size");
  CHECK(only_finding("iterationLimit + 1").suggestion == "iteration_limit");
  CHECK(only_finding("_x").suggestion == "x");
  const skein::Diagnostic function = only_finding("1 + min");
  CHECK(function.message == "\"min\" is a function and needs arguments");
  CHECK(function.suggestion == "write min(...)");
}

TEST_CASE("an unknown function is reported with those that exist") {
  const skein::Diagnostic finding = only_finding("  flor(x)");
  CHECK(skein::to_text(finding) ==
        "a.json:3:22: error: the function \"flor\" is not known [expression-unknown-function]\n"
        "  path: nodes/stop\n"
        "  expected: abs, min, max, floor, ceil, round, sqrt, exp, log, pow, sin, cos, sign\n"
        "  found: \"flor\"\n"
        "  suggestion: floor");
  CHECK(only_finding("d(1)").code == "expression-unknown-function");
}

TEST_CASE("type errors name what was expected and what was found") {
  const skein::Diagnostic sum = only_finding("stop + 1");
  CHECK(skein::to_text(sum) ==
        "a.json:3:25: error: \"+\" cannot be applied to a boolean and an integer [expression-type]\n"
        "  path: nodes/stop\n"
        "  expected: two numbers\n"
        "  found: a boolean and an integer");
  CHECK(only_finding("stop == 1").expected == "two numbers or two booleans");
  CHECK(only_finding("stop < stop").expected == "two numbers");
  CHECK(only_finding("-stop").expected == "a number");
  CHECK(only_finding("!x < 1").expected == "a boolean");
  CHECK(only_finding("!x < 1").message == "\"!\" cannot be applied to a real number");
  CHECK(only_finding("stop ^ 2").message == "\"^\" cannot be applied to a boolean and an integer");
  CHECK(only_finding("min(1, stop)").message == "\"min\" cannot be applied to an integer and a boolean");
  CHECK(refused("x or stop") == "0 expression-type: the left side of \"or\" must be a boolean");
  CHECK(refused("stop and d") == "9 expression-type: the right side of \"and\" must be a boolean");
  CHECK(refused("stop && (d)") == "8 expression-type: the right side of \"&&\" must be a boolean");
  CHECK(refused("1 + d or x * 2") ==
        "0 expression-type: the left side of \"or\" must be a boolean\n"
        "9 expression-type: the right side of \"or\" must be a boolean");
  CHECK(refused("d ? 1 : 2") == "0 expression-type: the condition before \"?\" must be a boolean");
  CHECK(refused("stop ? 1 : stop") == "5 expression-type: \"?:\" cannot be applied to an integer and a boolean");
  CHECK(refused("sqrt()") == "0 expression-type: \"sqrt\" takes 1 argument");
  CHECK(refused("1 + pow(2)") == "4 expression-type: \"pow\" takes 2 arguments");
  CHECK(refused("min(2)") == "0 expression-type: \"min\" takes at least 2 arguments");
  CHECK(only_finding("pow(1, 2, 3)").found == "3 arguments");
}

TEST_CASE("errors of syntax say what was found and what should stand there") {
  const std::string value = "where a number, a name or \"(\" should stand";
  const std::string end = "where an operator or the end of the expression should stand";
  CHECK(refused("") == "0 expression-syntax: found the end of the expression " + value);
  CHECK(refused("  ") == "2 expression-syntax: found the end of the expression " + value);
  CHECK(refused("1 +") == "3 expression-syntax: found the end of the expression " + value);
  CHECK(refused("1 + * 2") == "4 expression-syntax: found \"*\" " + value);
  CHECK(refused("2 d") == "2 expression-syntax: found \"d\" " + end);
  CHECK(refused("2d") == "1 expression-syntax: found \"d\" " + end);
  CHECK(refused("1 2") == "2 expression-syntax: found \"2\" " + end);
  CHECK(refused("1)") == "1 expression-syntax: found \")\" " + end);
  CHECK(refused("x, d") == "1 expression-syntax: found \",\" " + end);
  CHECK(refused("(1 + 2") ==
        "6 expression-syntax: found the end of the expression where an operator, or \")\" for the \"(\" at column 20 "
        "should stand");
  CHECK(refused("2 * (3 4)") ==
        "7 expression-syntax: found \"4\" where an operator, or \")\" for the \"(\" at column 24 should stand");
  CHECK(refused("min(1, )") == "7 expression-syntax: found \")\" " + value);
  CHECK(refused("stop ? 1") ==
        "8 expression-syntax: found the end of the expression where an operator, or \":\" for the \"?\" should stand");
  CHECK(refused("1 < x < 2") == "6 expression-syntax: comparisons cannot be chained");
  CHECK(only_finding("1 < x < 2").suggestion == "write \"a < b and b < c\", or use parentheses");
  CHECK(refused("x + not stop") == "4 expression-syntax: found \"not\" " + value);
  CHECK(refused("and") == "0 expression-syntax: found \"and\" " + value);
}

TEST_CASE("characters that have no meaning are explained") {
  CHECK(refused("x = 1") == "2 expression-syntax: \"=\" is no operator of expressions");
  CHECK(only_finding("x = 1").suggestion == "write \"==\" to compare");
  CHECK(only_finding("stop & stop").suggestion == "write \"and\"");
  CHECK(only_finding("stop | stop").suggestion == "write \"or\"");
  CHECK(refused(".5") == "0 expression-syntax: a number must not start with its point");
  CHECK(refused("1.") == "0 expression-syntax: a digit must follow the point of a number");
  CHECK(refused("2e") == "0 expression-syntax: a digit must follow the exponent sign of a number");
  CHECK(refused("x + \"a\"") == "4 expression-syntax: this character has no place in an expression");
  CHECK(only_finding("x + \xE2\x82\xAC").found == "\"\xE2\x82\xAC\"");
  CHECK(refused("\xC3\xA4 + y") == "0 expression-syntax: this character has no place in an expression");
  CHECK(refused("x + y + \xC3\xA4") ==
        "4 expression-unknown-name: the name \"y\" is not known here\n"
        "8 expression-syntax: this character has no place in an expression");
}

std::string repeated(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST_CASE("expressions nest 200 deep and no deeper") {
  CHECK(result(repeated("(", 200) + "d" + repeated(")", 200)) == "integer 30");
  CHECK(refused(repeated("(", 201) + "d" + repeated(")", 201)) ==
        "200 nested-too-deep: the expression is nested too deep");
  CHECK(only_finding(repeated("(", 201)).expected == "at most 200 levels");
  for (const char* text : {"(", "-", "!", "not ", "2 ^ ", "min(1, ", "stop ? 1 : ", "stop ? "}) {
    CHECK(refused(repeated(text, 100000) + "1").find("nested-too-deep") != std::string::npos);
  }
  CHECK(result(repeated("d + (1 * (", 100) + "x" + repeated("))", 100)) == "real 3000.5");
  // No operators hold back more cells per level than these.
  CHECK(result(repeated("x + x * max(x, ", 200) + "x" + repeated(")", 200)) == "real 1");
  CHECK(result(repeated("1 + d * min(2, ", 199) + "x" + repeated(")", 199)) == "real 61");
}

TEST_CASE("long expressions that do not nest are no problem") {
  CHECK(result("d" + repeated(" + d", 100000)) == "integer 3000030");
  CHECK(result("x" + repeated(" * 1", 100000)) == "real 0.5");
  CHECK(result("stop" + repeated(" or stop", 100000)) == "boolean false");
  CHECK(result("1" + repeated(" + 1", 100000)) == "integer 100001");
  CHECK(result("max(1" + repeated(", d", 100000) + ")") == "integer 30");
}

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
