// JsonScanner: where the tokens of a JSON text stand. It does not check them: nlohmann's parser does.
#pragma once

#include <cstddef>
#include <string_view>

namespace skein {

enum class JsonTokenKind {
  begin_object,
  end_object,
  begin_list,
  end_list,
  comma,
  colon,
  text,
  word,          // number, literal, or anything else that holds no separator
  open_text,     // a text that its line or the document ends
  open_comment,  // a block comment that the document ends
  end
};

struct JsonToken {
  JsonTokenKind kind = JsonTokenKind::end;
  std::size_t offset = 0;  ///< in bytes
  std::size_t length = 0;  ///< in bytes
  std::size_t line = 1;
  std::size_t column = 1;  ///< in code points
};

/// Walks over a text in well-formed UTF-8, token by token; skips white space and comments.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) noexcept : text_(text) {}

  /// The next token; kind `end` again and again when there is no more.
  JsonToken next() noexcept;

 private:
  [[nodiscard]] bool at(std::string_view expected) const noexcept {
    return text_.substr(offset_, expected.size()) == expected;
  }
  void advance() noexcept;
  void advance_by(std::size_t bytes) noexcept;
  void skip_line_comment() noexcept;
  bool skip_block_comment() noexcept;
  bool skip_space_and_comments(JsonToken& open_comment) noexcept;
  JsonTokenKind scan_text() noexcept;
  JsonTokenKind scan_word() noexcept;

  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

}  // namespace skein
