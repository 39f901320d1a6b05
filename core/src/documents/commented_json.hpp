// CommentedJson: a JSON text as a tree that keeps its comments and blank lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "skein/value.hpp"

namespace skein {

/// A comment that has a line of its own, with its marks: "// text" or "/* text */".
struct JsonComment {
  std::string text;
  bool blank_line_before = false;
};

/// One value: a scalar, or a list or object with its entries.
struct CommentedJson {
  std::string key;                 ///< of a member; empty for items of lists
  std::vector<JsonComment> above;  ///< on the lines above it
  bool blank_line_before = false;
  Value scalar;      ///< when it is one
  char bracket = 0;  ///< '{' or '[' otherwise
  std::vector<CommentedJson> entries;
  std::vector<JsonComment> below;   ///< inside, after the last entry
  std::vector<std::string> beside;  ///< on the line on which it ends
};

struct CommentedDocument {
  CommentedJson root;
  std::vector<JsonComment> below;  ///< after everything else
};

/// The tree of a text that was read as `value` without errors, so that only comments have to be looked for.
[[nodiscard]] CommentedDocument read_commented(std::string_view text, const Value& value);

/// The layout of write_json, but what holds a comment stands on several lines. Ends with a newline.
[[nodiscard]] std::string write_commented(const CommentedDocument& document);

}  // namespace skein
