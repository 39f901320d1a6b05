// Expressions with a vector: elements, sums and products.
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "skein/expression.hpp"

namespace {

using skein::Diagnostics;
using skein::Expression;
using skein::ExpressionContext;
using skein::ExpressionVariable;
using skein::Scalar;
using skein::ScalarType;

constexpr std::array<double, 3> vector = {2.0, 3.0, 5.0};

ExpressionContext context() {
  static const std::vector<std::string> names = {"d", "x"};
  ExpressionContext context;
  context.resolve = [](std::string_view name) {
    return name == "d" ? std::optional(ExpressionVariable{0, ScalarType::integer}) : std::nullopt;
  };
  context.known_names = names;
  context.where = {"a.json", 1, 1};
  context.vector = "x";
  context.vector_size = vector.size();
  return context;
}

Scalar value(std::string_view text) {
  Diagnostics diagnostics;
  const auto expression = Expression::compile(text, context(), diagnostics);
  REQUIRE_MESSAGE(expression.has_value(), to_text(diagnostics.items()[0]));
  const std::array variables = {Scalar(std::int64_t{3})};
  const Scalar found = expression->evaluate(variables, vector);
  CHECK(found.type() == expression->type());
  return found;
}

std::string findings(std::string_view text) {
  Diagnostics diagnostics;
  CHECK_FALSE(Expression::compile(text, context(), diagnostics).has_value());
  std::string found;
  for (const auto& finding : diagnostics.items()) {
    found += std::to_string(finding.where.column) + " " + finding.code + ": " + finding.message + "\n";
  }
  return found;
}

}  // namespace

TEST_CASE("sums and products are real, in the order of the index") {
  CHECK(value("sum(i)").type() == ScalarType::real);
  CHECK(value("sum(i)").as_real() == 3);
  CHECK(value("product(x[i])").as_real() == 30);
  CHECK(value("sum(k, 2, 4, k)").as_real() == 9);
  CHECK(value("sum(k, -1, d - 2, k * k)").as_real() == 2);
  CHECK(value("sum(k, 1, 0, k)").as_real() == 0);
  CHECK(value("product(k, 1, 0, k)").as_real() == 1);
  CHECK(value("sum(1e17 * (i == 0 ? 1 : 0) + (i == 1 ? 1 : 0) - 1e17 * (i == 2 ? 1 : 0))").as_real() == 0);
  CHECK(value("floor(sum(i)) + 1").type() == ScalarType::integer);
}

TEST_CASE("sums stand wherever a number does, also inside each other") {
  CHECK(value("1 + 2 * sum(x[i]) - product(x[i])").as_real() == -9);
  CHECK(value("max(1, sum(x[i]), 3)").as_real() == 10);
  CHECK(value("sum(i, 0, 2, sum(j, 0, i, x[i] * x[j]))").as_real() == 4 + 6 + 9 + 10 + 15 + 25);
  CHECK(value("sum(i, 0, 2, x[i]) + sum(i, 0, 2, i)").as_real() == 13);
  CHECK(value("d > 2 ? sum(x[i]) : 0").as_real() == 10);
  CHECK(value("d > 2 and sum(x[i]) > 9").as_boolean());
  CHECK(value("sum(i > 0 and x[i] > 4 ? 1 : 0)").as_real() == 1);
  CHECK(value("sum(i, 0, 1, x[i + (sum(j, 0, 1, j) > 0 ? 1 : 0)])").as_real() == 8);
  CHECK(value("x[floor(x[0])]").as_real() == 5);
}

TEST_CASE("an index beyond the vector gives NaN") {
  CHECK(std::isnan(value("x[d]").as_real()));
  CHECK(std::isnan(value("x[d - 4]").as_real()));
  CHECK(std::isnan(value("x[d * 9223372036854775807]").as_real()));
}

TEST_CASE("what reads a vector is not constant") {
  Diagnostics diagnostics;
  CHECK_FALSE(Expression::compile("x[0]", context(), diagnostics)->is_constant());
  CHECK_FALSE(Expression::compile("sum(x[i])", context(), diagnostics)->is_constant());
}

TEST_CASE("mistakes in sums and elements are found, each at its column") {
  CHECK(findings("x + 1") ==
        "3 expression-syntax: found \"+\" where \"[\" and an index of the vector \"x\" should stand\n");
  CHECK(findings("x[3]") == "3 expression-index: \"x\" has no element of this index\n");
  CHECK(findings("x[3] + x[0] + x[-1]") ==
        "3 expression-index: \"x\" has no element of this index\n"
        "17 expression-index: \"x\" has no element of this index\n");
  CHECK(findings("x[-1]") == "3 expression-index: \"x\" has no element of this index\n");
  CHECK(findings("x[1.0] + x[true]") ==
        "3 expression-type: the index of \"x\" must be an integer\n"
        "12 expression-type: the index of \"x\" must be an integer\n");
  CHECK(findings("x[1") ==
        "4 expression-syntax: found the end of the expression where an operator, or \"]\" for the \"[\" at column 2 "
        "should stand\n");
  CHECK(findings("sum(i > 1)") == "5 expression-type: the term of a sum must be a number\n");
  CHECK(findings("product(k, 0.5, x[0], k)") ==
        "12 expression-type: the first index must be an integer\n17 expression-type: the last index must be an "
        "integer\n");
  CHECK(findings("sum(k, 0, k)").find("expression-syntax") != std::string::npos);
  CHECK(findings("sum(e, 0, 1, 1)") == "5 expression-syntax: \"e\" cannot name an index\n");
  CHECK(findings("sum(y) + sum(z)") ==
        "5 expression-unknown-name: the name \"y\" is not known here\n14 expression-unknown-name: the name \"z\" is "
        "not known here\n");
  CHECK(findings("i") == "1 expression-unknown-name: the name \"i\" is not known here\n");
  CHECK(findings("som(x[i])").find("expression-unknown-function") != std::string::npos);
}

TEST_CASE("without a vector there are no brackets and no sums") {
  Diagnostics diagnostics;
  ExpressionContext plain = context();
  plain.vector.clear();
  CHECK_FALSE(Expression::compile("sum(d)", plain, diagnostics).has_value());
  CHECK(diagnostics.items()[0].code == "expression-unknown-function");
  CHECK_FALSE(Expression::compile("x[0]", plain, diagnostics).has_value());
  CHECK(diagnostics.items()[1].code == "expression-unknown-name");
}

TEST_CASE("sums nest as deep as anything else") {
  std::string text = "1";
  for (int i = 0; i < 199; ++i) text = "sum(k" + std::to_string(i) + ", 0, 0, " + text + ")";
  CHECK(value(text).as_real() == 1);
  CHECK(findings("sum(a, 0, 0, sum(b, 0, 0, " + text + "))").find("nested-too-deep") != std::string::npos);
}
