#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "skein/math.hpp"
#include "tests/core/expression_cases.hpp"

using namespace skein::expression_test;

namespace {

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

}  // namespace
