#include "expression/parser.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "documents/utf8.hpp"

namespace skein::expression {
namespace {

constexpr std::size_t deepest_nesting = 200;
constexpr std::uint64_t beyond_largest_integer = std::uint64_t{1} << 63;

}  // namespace

Parser::Parser(std::string_view text, const ExpressionContext& context, Diagnostics& diagnostics)
    : text_(text),
      context_(context),
      diagnostics_(diagnostics),
      lexer_(text, !context.vector.empty()),
      token_(lexer_.next()) {}

std::optional<Operand> Parser::parse() {
  const Operand result = parse_choice();
  if (token_.kind != TokenKind::end) fail_at_token("an operator or the end of the expression");
  if (!has_errors_ && !builder_.fits_stack())
    report(finding("nested-too-deep", 0, "the expression is nested too deep"));
  if (has_errors_ || has_wrong_index_) return std::nullopt;
  return result;
}

Operand Parser::parse_choice() {
  const Operand condition = parse_or();
  return at("?") ? choice(take(), condition) : condition;
}

/// One side of `?:`. Sides nest, so that a long chain of them counts as deep.
Operand Parser::parse_branch() {
  if (!enter(token_)) return {};
  const Operand branch = parse_choice();
  leave();
  return branch;
}

Operand Parser::parse_or() {
  Operand left = parse_and();
  while (at_any({"or", "||"})) left = logical(take(), Step::or_jump, left, &Parser::parse_and);
  return left;
}

Operand Parser::parse_and() {
  Operand left = parse_not();
  while (at_any({"and", "&&"})) left = logical(take(), Step::and_jump, left, &Parser::parse_not);
  return left;
}

Operand Parser::parse_not() {
  if (!at("not")) return parse_comparison();
  const Token token = take();
  if (!enter(token)) return {};
  const Operand operand = parse_not();
  leave();
  return apply("not", token, {operand});
}

Operand Parser::parse_comparison() {
  const auto at_comparison = [this] { return at_any({"<", "<=", ">", ">=", "==", "!="}); };
  const Operand left = parse_sum();
  if (!at_comparison()) return left;
  const Token token = take();
  const Operand right = parse_sum();
  if (at_comparison()) {
    Diagnostic diagnostic = finding("expression-syntax", token_.offset, "comparisons cannot be chained");
    diagnostic.found = found_token();
    diagnostic.suggestion = "write \"a < b and b < c\", or use parentheses";
    fail(std::move(diagnostic));
  }
  return apply(token.text, token, {left, right});
}

Operand Parser::parse_sum() {
  Operand left = parse_product();
  while (at_any({"+", "-"})) {
    const Token token = take();
    const Operand right = parse_product();
    left = apply(token.text, token, {left, right});
  }
  return left;
}

Operand Parser::parse_product() {
  Operand left = parse_unary();
  while (at_any({"*", "/", "%"})) {
    const Token token = take();
    const Operand right = parse_unary();
    left = apply(token.text, token, {left, right});
  }
  return left;
}

Operand Parser::parse_unary() {
  if (!at_any({"-", "+", "!"})) return parse_power();
  const Token token = take();
  if (token.text == "-" && token_.kind == TokenKind::integer && token_.integer == beyond_largest_integer) {
    return parse_smallest_integer(token);
  }
  if (!enter(token)) return {};
  const Operand operand = parse_unary();
  leave();
  return apply(token.text == "!" ? "not" : token.text, token, {operand});
}

Operand Parser::parse_power() {
  const Operand base = parse_primary();
  if (!at("^")) return base;
  const Token token = take();
  if (!enter(token)) return {};
  const Operand exponent = parse_unary();
  leave();
  return apply_power(token, base, exponent);
}

Operand Parser::parse_primary() {
  if (token_.kind == TokenKind::integer || token_.kind == TokenKind::real) return parse_number();
  if (at("(")) return parse_parentheses();
  const bool is_operator = at_any({"and", "or", "not"});
  if (token_.kind == TokenKind::name && !is_operator) return parse_name();
  fail_at_token("a number, a name or \"(\"");
  return {};
}

Operand Parser::parse_parentheses() {
  const Token opening = take();
  if (!enter(opening)) return {};
  Operand operand = parse_choice();
  leave();
  expect_closing(opening);
  operand.offset = opening.offset;
  return operand;
}

Operand Parser::parse_number() {
  const Token token = take();
  const bool is_integer = token.kind == TokenKind::integer;
  if (token.is_out_of_range || (is_integer && token.integer >= beyond_largest_integer)) {
    Diagnostic diagnostic = finding("expression-overflow", token.offset, "this number cannot be held");
    diagnostic.expected = is_integer ? "an integer of at most 9223372036854775807, or a real (with a point)"
                                     : "a real number of at most 1.7976931348623157e308";
    diagnostic.found = in_quotes(token.text);
    report(std::move(diagnostic));
    return {};
  }
  if (is_integer) return literal(token, ScalarType::integer, cell(static_cast<std::int64_t>(token.integer)));
  return literal(token, ScalarType::real, cell(token.real));
}

/// -9223372036854775808, the one integer whose digits alone are no integer.
Operand Parser::parse_smallest_integer(const Token& sign) {
  (void)take();
  return literal(sign, ScalarType::integer, cell(std::numeric_limits<std::int64_t>::min()));
}

Operand Parser::parse_name() {
  constexpr double pi = 3.141592653589793;
  constexpr double e = 2.718281828459045;
  const Token name = take();
  if (at("(")) return is_reduction(name) ? parse_reduction(name) : parse_call(name);
  if (!context_.vector.empty() && name.text == context_.vector) return parse_element(name);
  if (name.text == "true") return literal(name, ScalarType::boolean, cell(true));
  if (name.text == "false") return literal(name, ScalarType::boolean, cell(false));
  if (name.text == "inf") return literal(name, ScalarType::real, cell(std::numeric_limits<double>::infinity()));
  if (name.text == "nan") return literal(name, ScalarType::real, cell(std::numeric_limits<double>::quiet_NaN()));
  if (name.text == "pi") return literal(name, ScalarType::real, cell(pi));
  if (name.text == "e") return literal(name, ScalarType::real, cell(e));
  return variable(name);
}

Operand Parser::parse_call(const Token& name) {
  const Token opening = take();
  if (!enter(opening)) return {};
  std::size_t count = 0;
  const std::vector<Operand> arguments = parse_arguments(name, count);
  leave();
  expect_closing(opening);
  if (has_failed_) return {};
  return apply_function(name, arguments, count);
}

/// The arguments that stand in the code, and how many were written: those of a variadic function are combined at once.
std::vector<Operand> Parser::parse_arguments(const Token& name, std::size_t& count) {
  std::vector<Operand> arguments;
  if (at(")")) return arguments;
  do {
    arguments.push_back(parse_choice());
    ++count;
    if (arguments.size() == 2 && is_variadic(name.text)) {
      arguments = {apply(name.text, name, {arguments[0], arguments[1]})};
    }
  } while (accept(","));
  return arguments;
}

/// x[index].
Operand Parser::parse_element(const Token& name) {
  if (!at("[")) {
    fail_at_token("\"[\" and an index of the vector " + in_quotes(name.text));
    return {};
  }
  const Token opening = take();
  if (!enter(opening)) return {};
  const Operand index = parse_choice();
  leave();
  expect_closing(opening, "]");
  return element(name, index);
}

/// sum(term), sum(index, first, last, term).
Operand Parser::parse_reduction(const Token& name) {
  const Token opening = take();
  if (!enter(opening)) return {};
  const std::size_t start = builder_.size();
  std::string_view index = "i";
  Lexer ahead = lexer_;
  const bool has_range = token_.kind == TokenKind::name && ahead.next().text == ",";
  if (has_range) {
    const Token named = take();
    index = named.text;
    if (is_expression_word(index) || index == context_.vector) {
      Diagnostic diagnostic = finding("expression-syntax", named.offset, in_quotes(index) + " cannot name an index");
      diagnostic.found = in_quotes(index);
      diagnostic.expected = "a name that means nothing else here";
      report(std::move(diagnostic));
    }
    (void)take();
    require_integer(parse_choice(), "the first index");
    if (!accept(",")) fail_at_token("\",\" and the last index");
    require_integer(parse_choice(), "the last index");
    if (!accept(",")) fail_at_token("\",\" and the term");
  } else {
    builder_.push(cell(std::int64_t{0}));
    builder_.push(cell(static_cast<std::int64_t>(context_.vector_size) - 1));
  }
  const Operand result = reduce(name, index, start);
  leave();
  expect_closing(opening);
  return has_failed_ ? Operand{} : result;
}

bool Parser::at(std::string_view text) const noexcept {
  return (token_.kind == TokenKind::symbol || token_.kind == TokenKind::name) && token_.text == text;
}

bool Parser::at_any(std::initializer_list<std::string_view> texts) const noexcept {
  return std::any_of(texts.begin(), texts.end(), [this](std::string_view text) { return at(text); });
}

Token Parser::take() { return std::exchange(token_, lexer_.next()); }

bool Parser::accept(std::string_view text) {
  if (!at(text)) return false;
  (void)take();
  return true;
}

void Parser::expect_closing(const Token& opening, std::string_view closing) {
  if (accept(closing) || has_failed_) return;
  const std::size_t column = count_code_points(text_.substr(0, opening.offset)) + context_.where.column;
  const std::string place = context_.where.line > 0 ? " at column " + std::to_string(column) : std::string();
  fail_at_token("an operator, or " + in_quotes(closing) + " for the " + in_quotes(opening.text) + place);
}

bool Parser::enter(const Token& token) {
  ++depth_;
  if (depth_ <= deepest_nesting) return true;
  Diagnostic diagnostic = finding("nested-too-deep", token.offset, "the expression is nested too deep");
  diagnostic.expected = "at most " + std::to_string(deepest_nesting) + " levels";
  fail(std::move(diagnostic));
  return false;
}

Diagnostic Parser::finding(std::string code, std::size_t offset, std::string message) const {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.where = context_.where;
  if (diagnostic.where.line > 0) diagnostic.where.column += count_code_points(text_.substr(0, offset));
  diagnostic.path = context_.path;
  diagnostic.message = std::move(message);
  return diagnostic;
}

void Parser::report(Diagnostic diagnostic) {
  has_errors_ = true;
  builder_.stop();
  diagnostics_.add(std::move(diagnostic));
}

/// Reports the first error of syntax and lets everything see the end of the expression from now on.
void Parser::fail(Diagnostic diagnostic) {
  if (!has_failed_) report(std::move(diagnostic));
  has_failed_ = true;
  lexer_ = Lexer({});
  token_ = lexer_.next();
}

void Parser::fail_at_token(const std::string& expected) {
  const bool is_invalid = token_.kind == TokenKind::invalid;
  Diagnostic diagnostic = finding(
      "expression-syntax", token_.offset,
      is_invalid ? std::string(token_.problem) : "found " + found_token() + " where " + expected + " should stand");
  diagnostic.expected = expected;
  diagnostic.found = found_token();
  diagnostic.suggestion = token_.advice;
  fail(std::move(diagnostic));
}

std::string Parser::found_token() const {
  return token_.kind == TokenKind::end ? "the end of the expression" : in_quotes(token_.text);
}

}  // namespace skein::expression
