#include <algorithm>
#include <utility>

#include "documents/commented_json.hpp"
#include "documents/json_scanner.hpp"

namespace skein {
namespace {

/// What stands between two tokens.
struct Gap {
  struct Comment {
    std::string text;
    std::size_t line_breaks_before = 0;
  };
  std::vector<Comment> comments;
  std::size_t line_breaks_after = 0;
};

/// Without the white space at its end, and with "\n" where a line ends.
std::string comment_text(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') kept += text[i];
  }
  kept.erase(kept.find_last_not_of(" \t\r") + 1);
  return kept;
}

std::size_t comment_length(std::string_view rest) {
  if (rest.starts_with("//")) return std::min(rest.find_first_of("\r\n"), rest.size());
  return std::min(rest.find("*/", 2), rest.size() - 2) + 2;
}

Gap read_gap(std::string_view text) {
  Gap gap;
  for (std::size_t offset = 0; offset < text.size();) {
    if (text[offset] != '/') {
      gap.line_breaks_after += text[offset] == '\n' ? 1U : 0U;
      ++offset;
      continue;
    }
    const std::size_t length = comment_length(text.substr(offset));
    gap.comments.push_back({comment_text(text.substr(offset, length)), std::exchange(gap.line_breaks_after, 0)});
    offset += length;
  }
  return gap;
}

class CommentedReader {
 public:
  explicit CommentedReader(std::string_view text) : text_(text), scanner_(text) {}

  CommentedDocument read(const Value& value) {
    CommentedDocument document;
    advance(nullptr);
    start(document.root);
    read_value(document.root, value);
    advance(&document.root);
    document.below = std::exchange(pending_, {});
    return document;
  }

 private:
  /// Goes to the next token. Comments on the way that end the line of `before` stand beside it, all others wait for
  /// what comes next.
  void advance(CommentedJson* before) {
    token_ = scanner_.next();
    Gap gap = read_gap(text_.substr(end_, token_.offset - end_));
    end_ = token_.offset + token_.length;
    const bool ends_entry = token_.kind == JsonTokenKind::comma || token_.kind == JsonTokenKind::end_object ||
                            token_.kind == JsonTokenKind::end_list || token_.kind == JsonTokenKind::end;
    auto own_line = std::ranges::find_if(gap.comments, [](const auto& item) { return item.line_breaks_before > 0; });
    const bool ends_line = own_line != gap.comments.end() || gap.line_breaks_after > 0 || ends_entry;
    const bool is_full = before != nullptr && !before->beside.empty() && before->beside.back().starts_with("//");
    if (before == nullptr || is_full || !ends_line) own_line = gap.comments.begin();
    for (auto comment = gap.comments.begin(); comment != own_line; ++comment) before->beside.push_back(comment->text);
    for (auto comment = own_line; comment != gap.comments.end(); ++comment) {
      pending_.push_back({std::move(comment->text), blank_line_ || comment->line_breaks_before > 1});
      blank_line_ = false;
    }
    blank_line_ = blank_line_ || gap.line_breaks_after > 1;
  }

  /// Takes over what was found before an entry.
  void start(CommentedJson& entry) {
    entry.above = std::exchange(pending_, {});
    entry.blank_line_before = std::exchange(blank_line_, false);
  }

  /// The first token of the value must be the current one; its last one is at the end.
  void read_value(CommentedJson& entry, const Value& value) {
    std::vector<JsonComment> above = std::exchange(pending_, {});
    entry.above.insert(entry.above.end(), above.begin(), above.end());
    blank_line_ = false;
    if (value.is_object()) {
      read_object(entry, value.object());
    } else if (value.is_list()) {
      read_list(entry, value.list());
    } else {
      entry.scalar = value;
    }
  }

  void read_object(CommentedJson& object, const Object& members) {
    object.bracket = '{';
    advance(nullptr);
    for (const Member& member : members) {
      CommentedJson entry;
      start(entry);
      entry.key = member.key;
      advance(nullptr);  // the colon
      advance(nullptr);
      read_value(entry, member.value);
      finish(object, std::move(entry));
    }
    end(object);
  }

  void read_list(CommentedJson& list, const List& items) {
    list.bracket = '[';
    advance(nullptr);
    for (const Value& item : items) {
      CommentedJson entry;
      start(entry);
      read_value(entry, item);
      finish(list, std::move(entry));
    }
    end(list);
  }

  /// Goes over the comma after an entry to the next one, or to the closing bracket.
  void finish(CommentedJson& container, CommentedJson entry) {
    advance(&entry);
    if (token_.kind == JsonTokenKind::comma) advance(&entry);
    container.entries.push_back(std::move(entry));
  }

  void end(CommentedJson& container) {
    container.below = std::exchange(pending_, {});
    blank_line_ = false;
  }

  std::string_view text_;
  JsonScanner scanner_;
  JsonToken token_;
  std::size_t end_ = 0;  ///< of the current token
  std::vector<JsonComment> pending_;
  bool blank_line_ = false;  ///< before what comes next
};

}  // namespace

CommentedDocument read_commented(std::string_view text, const Value& value) {
  return CommentedReader(text).read(value);
}

}  // namespace skein
