#include "documents/json_scanner.hpp"

namespace skein {
namespace {

constexpr std::string_view space = " \t\r\n";
constexpr std::string_view brackets = "{}[],:";

bool is_one_of(char character, std::string_view set) noexcept { return set.find(character) != std::string_view::npos; }

JsonTokenKind bracket_kind(char character) noexcept {
  switch (character) {
    case '{':
      return JsonTokenKind::begin_object;
    case '}':
      return JsonTokenKind::end_object;
    case '[':
      return JsonTokenKind::begin_list;
    case ']':
      return JsonTokenKind::end_list;
    case ',':
      return JsonTokenKind::comma;
    default:
      return JsonTokenKind::colon;
  }
}

}  // namespace

JsonToken JsonScanner::next() noexcept {
  JsonToken token;
  if (!skip_space_and_comments(token)) return token;
  token.offset = offset_;
  token.line = line_;
  token.column = column_;
  if (offset_ >= text_.size()) return token;
  if (text_[offset_] == '"') {
    token.kind = scan_text();
  } else if (is_one_of(text_[offset_], brackets)) {
    token.kind = bracket_kind(text_[offset_]);
    advance();
  } else {
    token.kind = scan_word();
  }
  token.length = offset_ - token.offset;
  return token;
}

void JsonScanner::advance() noexcept {
  const auto byte = static_cast<unsigned char>(text_[offset_++]);
  if (byte == '\n') {
    ++line_;
    column_ = 1;
  } else if ((byte & 0xc0U) != 0x80U) {  // continuation bytes are no columns of their own
    ++column_;
  }
}

void JsonScanner::advance_by(std::size_t bytes) noexcept {
  for (std::size_t i = 0; i < bytes && offset_ < text_.size(); ++i) advance();
}

void JsonScanner::skip_line_comment() noexcept {
  while (offset_ < text_.size() && !is_one_of(text_[offset_], "\r\n")) advance();
}

/// False when the text ends before the comment does.
bool JsonScanner::skip_block_comment() noexcept {
  advance_by(2);
  while (offset_ < text_.size() && !at("*/")) advance();
  if (offset_ >= text_.size()) return false;
  advance_by(2);
  return true;
}

bool JsonScanner::skip_space_and_comments(JsonToken& open_comment) noexcept {
  while (offset_ < text_.size()) {
    const JsonToken start{JsonTokenKind::open_comment, offset_, 0, line_, column_};
    if (is_one_of(text_[offset_], space)) {
      advance();
    } else if (at("//")) {
      skip_line_comment();
    } else if (at("/*")) {
      if (skip_block_comment()) continue;
      open_comment = start;
      open_comment.length = offset_ - start.offset;
      return false;
    } else {
      return true;
    }
  }
  return true;
}

JsonTokenKind JsonScanner::scan_text() noexcept {
  advance();
  while (offset_ < text_.size()) {
    const char character = text_[offset_];
    advance();
    if (character == '"') return JsonTokenKind::text;
    if (character == '\n') return JsonTokenKind::open_text;
    if (character == '\\' && offset_ < text_.size() && text_[offset_] != '\n') advance();
  }
  return JsonTokenKind::open_text;
}

JsonTokenKind JsonScanner::scan_word() noexcept {
  do {
    advance();
  } while (offset_ < text_.size() && !is_one_of(text_[offset_], space) && !is_one_of(text_[offset_], brackets) &&
           !is_one_of(text_[offset_], "\"/"));
  return JsonTokenKind::word;
}

}  // namespace skein
