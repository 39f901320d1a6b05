// The part of the parser that knows what the words mean: names, types, code.
#include <algorithm>
#include <utility>

#include "documents/utf8.hpp"
#include "expression/parser.hpp"

namespace skein::expression {
namespace {

std::string with_article(ScalarType type) {
  if (type == ScalarType::integer) return "an integer";
  return type == ScalarType::boolean ? "a boolean" : "a real number";
}

bool is_number(ScalarType type) { return type != ScalarType::boolean; }

std::string arguments_text(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

}  // namespace

Operand Parser::literal(const Token& token, ScalarType type, Cell value) {
  const Operand operand{type, true, builder_.size(), token.offset};
  builder_.push(value);
  return operand;
}

Operand Parser::variable(const Token& token) {
  const auto is_meant = [&](const auto& loop) { return loop.name == token.text; };
  const auto loop = std::find_if(loops_.rbegin(), loops_.rend(), is_meant);  // the innermost
  if (loop != loops_.rend()) {
    const Operand operand{ScalarType::integer, false, builder_.size(), token.offset};
    builder_.local(loop->place);
    return operand;
  }
  const std::optional<ExpressionVariable> found = context_.resolve ? context_.resolve(token.text) : std::nullopt;
  if (!found) {
    report_unknown_name(token);
    return {};
  }
  const Operand operand{found->type, false, builder_.size(), token.offset};
  builder_.load(*found);
  return operand;
}

void Parser::report_unknown_name(const Token& token) {
  const std::string name = in_quotes(token.text);
  Diagnostic diagnostic = finding("expression-unknown-name", token.offset, "the name " + name + " is not known here");
  diagnostic.found = name;
  if (function_arity(token.text) > 0) {
    diagnostic.message = name + " is a function and needs arguments";
    diagnostic.suggestion = "write " + std::string(token.text) + "(...)";
  } else {
    diagnostic.suggestion = nearest_name(token.text, context_.known_names);
  }
  report(std::move(diagnostic));
}

Operand Parser::apply(std::string_view name, const Token& at, std::initializer_list<Operand> arguments) {
  std::vector<ScalarType> types;
  bool is_constant = true;
  for (const Operand& argument : arguments) {
    if (!argument.type) return {};
    types.push_back(*argument.type);
    is_constant = is_constant && argument.is_constant;
  }
  const Overload* overload = find_overload(name, types);
  if (overload == nullptr) {
    report_type(at.text, at, types);
    return {};
  }
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i] != overload->parameter) builder_.to_real(types.size() - 1 - i);
  }
  builder_.call(*overload);
  const Operand& first = *arguments.begin();
  return fold({overload->result, is_constant, first.start, std::min(first.offset, at.offset)}, at);
}

Operand Parser::fold(Operand operand, const Token& at) {
  if (!operand.is_constant || builder_.fold(operand.start)) return operand;
  Diagnostic diagnostic = finding("expression-overflow", at.offset, "the result is no integer of 64 bits");
  diagnostic.expected = "an integer from -9223372036854775808 to 9223372036854775807";
  diagnostic.found = "the result of " + in_quotes(at.text);
  report(std::move(diagnostic));
  return {};
}

void Parser::report_type(std::string_view name, const Token& at, std::span<const ScalarType> types) {
  std::string found;
  for (const ScalarType type : types) found += (found.empty() ? "" : " and ") + with_article(type);
  const std::string_view lookup = name == "!" ? "not" : name;
  Diagnostic diagnostic = finding("expression-type", at.offset, in_quotes(name) + " cannot be applied to " + found);
  diagnostic.expected = accepted_types(lookup, types.size());
  diagnostic.found = std::move(found);
  report(std::move(diagnostic));
}

Operand Parser::apply_function(const Token& name, std::span<const Operand> arguments, std::size_t count) {
  const std::size_t arity = function_arity(name.text);
  if (arity == 0) {
    Diagnostic diagnostic =
        finding("expression-unknown-function", name.offset, "the function " + in_quotes(name.text) + " is not known");
    std::vector<std::string> known = function_names();
    if (!context_.vector.empty()) known.insert(known.end(), {"sum", "product"});
    for (const std::string& function : known) {
      diagnostic.expected += (diagnostic.expected.empty() ? "" : ", ") + function;
    }
    diagnostic.found = in_quotes(name.text);
    diagnostic.suggestion = nearest_name(name.text, known);
    report(std::move(diagnostic));
    return {};
  }
  if (count < arity || (count > arity && !is_variadic(name.text))) {
    const std::string expected = (is_variadic(name.text) ? "at least " : "") + arguments_text(arity);
    Diagnostic diagnostic = finding("expression-type", name.offset, in_quotes(name.text) + " takes " + expected);
    diagnostic.expected = expected;
    diagnostic.found = arguments_text(count);
    report(std::move(diagnostic));
    return {};
  }
  if (is_variadic(name.text)) return arguments[0];
  return arity == 1 ? apply(name.text, name, {arguments[0]}) : apply(name.text, name, {arguments[0], arguments[1]});
}

bool Parser::is_reduction(const Token& name) const noexcept {
  return !context_.vector.empty() && (name.text == "sum" || name.text == "product");
}

bool Parser::require_integer(const Operand& operand, const std::string& what) {
  if (!operand.type || operand.type == ScalarType::integer) return operand.type.has_value();
  Diagnostic diagnostic = finding("expression-type", operand.offset, what + " must be an integer");
  diagnostic.expected = "an integer";
  diagnostic.found = with_article(*operand.type);
  report(std::move(diagnostic));
  return false;
}

Operand Parser::element(const Token& at, const Operand& index) {
  if (!require_integer(index, "the index of " + in_quotes(at.text))) return {};
  if (index.is_constant && !has_errors_ && !builder_.is_count(index.start, context_.vector_size)) {
    Diagnostic diagnostic =
        finding("expression-index", index.offset, in_quotes(at.text) + " has no element of this index");
    diagnostic.expected = "an index from 0 to " + std::to_string(context_.vector_size - 1);
    // The code goes on, so that other constant indices can be looked at.
    diagnostics_.add(std::move(diagnostic));
    has_wrong_index_ = true;
  }
  builder_.element();
  return {ScalarType::real, false, index.start, at.offset};
}

/// The term, and the loop around it; the index and its last value are on the stack.
Operand Parser::reduce(const Token& name, std::string_view index, std::size_t start) {
  const bool adds = name.text == "sum";
  const std::size_t loop = builder_.begin_loop(cell(adds ? 0.0 : 1.0));
  loops_.push_back({index, builder_.depth() - 3});
  const Operand term = parse_choice();
  loops_.pop_back();
  if (!term.type) return {};
  if (!is_number(*term.type)) {
    Diagnostic diagnostic =
        finding("expression-type", term.offset, "the term of a " + std::string(name.text) + " must be a number");
    diagnostic.expected = "a number";
    diagnostic.found = with_article(*term.type);
    report(std::move(diagnostic));
    return {};
  }
  if (term.type == ScalarType::integer) builder_.to_real(0);
  const std::array types = {ScalarType::real, ScalarType::real};
  builder_.end_loop(loop, *find_overload(adds ? "+" : "*", types));
  return {ScalarType::real, false, start, name.offset};
}

Operand Parser::apply_power(const Token& at, Operand base, Operand exponent) {
  if (!base.type || !exponent.type) return {};
  const bool stays_integer = base.type == ScalarType::integer && exponent.type == ScalarType::integer &&
                             exponent.is_constant && builder_.is_count(exponent.start);
  if (!stays_integer && is_number(*base.type) && is_number(*exponent.type)) {
    if (base.type == ScalarType::integer) builder_.to_real(1);
    base.type = ScalarType::real;
  }
  return apply("^", at, {base, exponent});
}

bool Parser::require_boolean(const Operand& operand, const std::string& what) {
  if (!operand.type || operand.type == ScalarType::boolean) return operand.type.has_value();
  Diagnostic diagnostic = finding("expression-type", operand.offset, what + " must be a boolean");
  diagnostic.expected = "a boolean";
  diagnostic.found = with_article(*operand.type);
  report(std::move(diagnostic));
  return false;
}

Operand Parser::logical(const Token& at, Step jump, const Operand& left, Operand (Parser::*parse_right)()) {
  const std::string name = in_quotes(at.text);
  const bool left_fits = require_boolean(left, "the left side of " + name);
  const std::size_t place = builder_.mark(jump);
  const Operand right = (this->*parse_right)();
  const bool right_fits = require_boolean(right, "the right side of " + name);
  builder_.land(place);
  if (!left_fits || !right_fits) return {};
  return fold({ScalarType::boolean, left.is_constant && right.is_constant, left.start, left.offset}, at);
}

Operand Parser::choice(const Token& at, const Operand& condition) {
  const bool condition_fits = require_boolean(condition, "the condition before \"?\"");
  const std::size_t to_second = builder_.mark(Step::jump_unless);
  const Operand first = parse_branch();
  if (!accept(":")) {
    if (!has_failed_) fail_at_token("an operator, or \":\" for the \"?\"");
    return {};
  }
  const std::size_t conversion = builder_.mark(Step::keep);
  const std::size_t to_end = builder_.mark(Step::jump);
  builder_.land(to_second);
  builder_.begin_other_branch();
  const Operand second = parse_branch();
  if (!condition_fits || !first.type || !second.type) return {};
  if (is_number(*first.type) != is_number(*second.type)) {
    report_type("?:", at, std::array{*first.type, *second.type});
    return {};
  }
  const bool is_real = first.type == ScalarType::real || second.type == ScalarType::real;
  if (is_real && first.type == ScalarType::integer) builder_.fill_to_real(conversion);
  if (is_real && second.type == ScalarType::integer) builder_.to_real(0);
  builder_.land(to_end);
  const bool is_constant = condition.is_constant && first.is_constant && second.is_constant;
  return fold({is_real ? ScalarType::real : first.type, is_constant, condition.start, condition.offset}, at);
}

}  // namespace skein::expression
