#include "expression/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "documents/utf8.hpp"

namespace skein::expression {
namespace {

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

constexpr std::array<std::string_view, 6> long_symbols = {"<=", ">=", "==", "!=", "&&", "||"};
constexpr std::string_view short_symbols = "+-*/%^<>!?:(),";

}  // namespace

Token Lexer::next() noexcept {
  while (is_space(peek())) ++offset_;
  const char first = peek();
  if (offset_ >= text_.size()) return finish(TokenKind::end, offset_);
  if (is_digit(first) || (first == '.' && is_digit(peek(1)))) return scan_number();
  if (is_letter(first)) return scan_name();
  return scan_symbol();
}

char Lexer::peek(std::size_t distance) const noexcept {
  return offset_ + distance < text_.size() ? text_[offset_ + distance] : '\0';
}

void Lexer::skip_digits() noexcept {
  while (is_digit(peek())) ++offset_;
}

Token Lexer::finish(TokenKind kind, std::size_t start) const noexcept {
  Token token;
  token.kind = kind;
  token.text = text_.substr(start, offset_ - start);
  token.offset = start;
  return token;
}

Token Lexer::invalid(std::size_t start, std::string_view problem, std::string_view advice) const noexcept {
  Token token = finish(TokenKind::invalid, start);
  token.problem = problem;
  token.advice = advice;
  return token;
}

Token Lexer::scan_number() noexcept {
  const std::size_t start = offset_;
  bool is_integer = true;
  skip_digits();
  if (offset_ == start) {
    ++offset_;
    skip_digits();
    return invalid(start, "a number must not start with its point", "write a 0 before the point");
  }
  if (peek() == '.') {
    is_integer = false;
    ++offset_;
    if (!is_digit(peek())) return invalid(start, "a digit must follow the point of a number");
    skip_digits();
  }
  if (peek() == 'e' || peek() == 'E') {
    is_integer = false;
    ++offset_;
    if (peek() == '+' || peek() == '-') ++offset_;
    if (!is_digit(peek())) return invalid(start, "a digit must follow the exponent sign of a number");
    skip_digits();
  }
  Token token = finish(is_integer ? TokenKind::integer : TokenKind::real, start);
  const char* end = token.text.data() + token.text.size();
  const auto result = is_integer ? std::from_chars(token.text.data(), end, token.integer)
                                 : std::from_chars(token.text.data(), end, token.real);
  token.is_out_of_range = result.ec == std::errc::result_out_of_range;
  return token;
}

Token Lexer::scan_name() noexcept {
  const std::size_t start = offset_;
  while (is_letter(peek()) || is_digit(peek()) || (peek() == '.' && is_letter(peek(1)))) ++offset_;
  return finish(TokenKind::name, start);
}

Token Lexer::scan_symbol() noexcept {
  const std::size_t start = offset_;
  const std::string_view pair = text_.substr(start, 2);
  if (std::find(long_symbols.begin(), long_symbols.end(), pair) != long_symbols.end()) {
    offset_ += 2;
    return finish(TokenKind::symbol, start);
  }
  offset_ += std::max<std::size_t>(1, utf8_sequence_length(text_, start));
  const char character = text_[start];
  const bool is_bracket = with_brackets_ && (character == '[' || character == ']');
  if (is_bracket || short_symbols.find(character) != std::string_view::npos) return finish(TokenKind::symbol, start);
  if (character == '=') return invalid(start, "\"=\" is no operator of expressions", "write \"==\" to compare");
  if (character == '&') return invalid(start, "\"&\" is no operator of expressions", "write \"and\"");
  if (character == '|') return invalid(start, "\"|\" is no operator of expressions", "write \"or\"");
  return invalid(start, "this character has no place in an expression");
}

}  // namespace skein::expression
