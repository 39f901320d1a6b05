#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/core/expression_cases.hpp"

using namespace skein::expression_test;

namespace {

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
  CHECK(only_finding("y").suggestion.empty());
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

}  // namespace
