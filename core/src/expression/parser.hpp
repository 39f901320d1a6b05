// Parser: recursive descent over an expression, checking types and building code on the way.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/code_builder.hpp"
#include "expression/lexer.hpp"
#include "skein/diagnostic.hpp"
#include "skein/expression.hpp"

namespace skein::expression {

/// A part of the expression whose code has been built.
struct Operand {
  std::optional<ScalarType> type;  ///< nothing after an error, which is then not reported a second time
  bool is_constant = false;        ///< the code is then a single constant
  std::size_t start = 0;           ///< of its code
  std::size_t offset = 0;          ///< of its first character
};

/// The index of a sum or product, and the cell of the stack that it lies in.
struct LoopIndex {
  std::string_view name;
  std::size_t place = 0;
};

class Parser {
 public:
  Parser(std::string_view text, const ExpressionContext& context, Diagnostics& diagnostics);

  /// The whole expression; nothing when an error was reported.
  std::optional<Operand> parse();
  [[nodiscard]] CodeBuilder& builder() noexcept { return builder_; }

 private:
  // The grammar, weakest operator first.
  Operand parse_choice();
  Operand parse_branch();
  Operand parse_or();
  Operand parse_and();
  Operand parse_not();
  Operand parse_comparison();
  Operand parse_sum();
  Operand parse_product();
  Operand parse_unary();
  Operand parse_power();
  Operand parse_primary();
  Operand parse_parentheses();
  Operand parse_number();
  Operand parse_smallest_integer(const Token& sign);
  Operand parse_name();
  Operand parse_call(const Token& name);
  Operand parse_element(const Token& name);
  Operand parse_reduction(const Token& name);
  std::vector<Operand> parse_arguments(const Token& name, std::size_t& count);

  // Meaning.
  Operand literal(const Token& token, ScalarType type, Cell value);
  Operand variable(const Token& token);
  Operand apply(std::string_view name, const Token& at, std::initializer_list<Operand> arguments);
  Operand apply_function(const Token& name, std::span<const Operand> arguments, std::size_t count);
  Operand apply_power(const Token& at, Operand base, Operand exponent);
  Operand logical(const Token& at, Step jump, const Operand& left, Operand (Parser::*parse_right)());
  Operand choice(const Token& at, const Operand& condition);
  Operand fold(Operand operand, const Token& at);
  Operand element(const Token& at, const Operand& index);
  Operand reduce(const Token& name, std::string_view index, std::size_t start);
  bool require_integer(const Operand& operand, const std::string& what);
  [[nodiscard]] bool is_reduction(const Token& name) const noexcept;
  bool require_boolean(const Operand& operand, const std::string& what);
  void report_type(std::string_view name, const Token& at, std::span<const ScalarType> types);
  void report_unknown_name(const Token& token);

  // Words.
  [[nodiscard]] bool at(std::string_view text) const noexcept;
  [[nodiscard]] bool at_any(std::initializer_list<std::string_view> texts) const noexcept;
  Token take();
  bool accept(std::string_view text);
  void expect_closing(const Token& opening, std::string_view closing = ")");
  bool enter(const Token& token);
  void leave() noexcept { --depth_; }

  // Findings.
  Diagnostic finding(std::string code, std::size_t offset, std::string message) const;
  void report(Diagnostic diagnostic);
  void fail(Diagnostic diagnostic);
  void fail_at_token(const std::string& expected);
  [[nodiscard]] std::string found_token() const;

  std::string_view text_;
  const ExpressionContext& context_;
  Diagnostics& diagnostics_;
  Lexer lexer_;
  Token token_;
  CodeBuilder builder_;
  std::vector<LoopIndex> loops_;  ///< around what is being read, the innermost last
  std::size_t depth_ = 0;
  bool has_errors_ = false;
  bool has_wrong_index_ = false;
  bool has_failed_ = false;  // an error of syntax: nothing more is read
};

}  // namespace skein::expression
