#include <utility>

#include "documents/commented_json.hpp"
#include "documents/json_layout.hpp"
#include "documents/utf8.hpp"
#include "skein/json.hpp"

namespace skein {
namespace {

/// An entry with what has to be known before it is written.
struct Laid {
  const CommentedJson* source = nullptr;
  std::string key;     ///< with quotes and colon
  std::string scalar;  ///< as written
  std::vector<Laid> entries;
  std::size_t width = 0;   ///< of value without key, on one line
  bool commented = false;  ///< there is a comment inside
};

bool has_comments(const CommentedJson& value) {
  return !value.above.empty() || !value.below.empty() || !value.beside.empty();
}

Laid lay_out(const CommentedJson& value) {
  Laid laid;
  laid.source = &value;
  if (value.bracket == 0) {
    laid.scalar = write_json(value.scalar, JsonLayout::one_line);
    laid.width = count_code_points(laid.scalar);
    return laid;
  }
  laid.width = 2;
  laid.commented = !value.below.empty();
  for (const CommentedJson& entry : value.entries) {
    Laid inner = lay_out(entry);
    if (value.bracket == '{') inner.key = write_json(Value(entry.key), JsonLayout::one_line) + ": ";
    laid.width += inner.width + count_code_points(inner.key) + (laid.entries.empty() ? 0U : 2U);
    laid.commented = laid.commented || inner.commented || has_comments(entry);
    laid.entries.push_back(std::move(inner));
  }
  return laid;
}

class CommentedWriter {
 public:
  std::string write(const CommentedDocument& document) {
    const CommentedJson& root = document.root;
    write_comments(root.above, 0, false);
    if (root.blank_line_before && !root.above.empty()) text_ += '\n';
    write_value(lay_out(root), 0, 0);
    write_beside(root);
    text_ += '\n';
    write_comments(document.below, 0, true);
    return std::move(text_);
  }

 private:
  void write_comments(const std::vector<JsonComment>& comments, std::size_t indent, bool blank_line_first) {
    for (const JsonComment& comment : comments) {
      if (comment.blank_line_before && blank_line_first) text_ += '\n';
      blank_line_first = true;
      text_ += std::string(indent, ' ') + comment.text + '\n';
    }
  }

  void write_beside(const CommentedJson& value) {
    const char* separator = "  ";
    for (const std::string& comment : value.beside) text_ += std::exchange(separator, " ") + comment;
  }

  void write_one_line(const Laid& value) {
    text_ += value.scalar;
    if (value.source->bracket == 0) return;
    text_ += value.source->bracket;
    const char* separator = "";
    for (const Laid& entry : value.entries) {
      text_ += std::exchange(separator, ", ") + entry.key;
      write_one_line(entry);
    }
    text_ += value.source->bracket == '{' ? '}' : ']';
  }

  /// `used` counts the columns of the line that are taken before the value and, for a comma, after it.
  void write_value(const Laid& value, std::size_t depth, std::size_t used) {
    const CommentedJson& source = *value.source;
    if (source.bracket == 0 || (!value.commented && used < json_line_width && value.width <= json_line_width - used)) {
      return write_one_line(value);
    }
    const std::size_t indent = (depth + 1) * json_indent_width;
    text_ += source.bracket;
    text_ += '\n';
    bool is_first = true;
    for (std::size_t i = 0; i < value.entries.size(); ++i) {
      const Laid& entry = value.entries[i];
      write_comments(entry.source->above, indent, !is_first);
      if (entry.source->blank_line_before && (!is_first || !entry.source->above.empty())) text_ += '\n';
      is_first = false;
      text_ += std::string(indent, ' ') + entry.key;
      write_value(entry, depth + 1, indent + count_code_points(entry.key) + 1);
      if (i + 1 < value.entries.size()) text_ += ',';
      write_beside(*entry.source);
      text_ += '\n';
    }
    write_comments(source.below, indent, !is_first);
    text_ += std::string(depth * json_indent_width, ' ') + (source.bracket == '{' ? '}' : ']');
  }

  std::string text_;
};

}  // namespace

std::string write_commented(const CommentedDocument& document) { return CommentedWriter().write(document); }

}  // namespace skein
