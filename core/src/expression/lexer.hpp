// Lexer: the words of an expression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace skein::expression {

enum class TokenKind { integer, real, name, symbol, invalid, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;
  std::size_t offset = 0;         ///< in bytes
  std::uint64_t integer = 0;      ///< of an integer
  double real = 0.0;              ///< of a real
  bool is_out_of_range = false;   ///< of a number that cannot be held
  std::string_view problem = {};  ///< of an invalid token: what is wrong with it, as a sentence
  std::string_view advice = {};   ///< of an invalid token: what to write instead, or empty
};

class Lexer {
 public:
  /// `with_brackets`: "[" and "]" are symbols, where there is a vector.
  explicit Lexer(std::string_view text, bool with_brackets = false) noexcept
      : text_(text), with_brackets_(with_brackets) {}

  /// The next token; kind `end` again and again when there is no more.
  Token next() noexcept;

 private:
  [[nodiscard]] char peek(std::size_t distance = 0) const noexcept;
  void skip_digits() noexcept;
  Token finish(TokenKind kind, std::size_t start) const noexcept;
  Token invalid(std::size_t start, std::string_view problem, std::string_view advice = {}) const noexcept;
  Token scan_number() noexcept;
  Token scan_name() noexcept;
  Token scan_symbol() noexcept;

  std::string_view text_;
  std::size_t offset_ = 0;
  bool with_brackets_;
};

}  // namespace skein::expression
