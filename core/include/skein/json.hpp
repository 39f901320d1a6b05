// JSON text: to and from trees of values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"
#include "skein/value.hpp"

namespace skein {

/// Lists and objects inside each other, the outermost included.
inline constexpr std::size_t deepest_nesting = 200;

/// Reads one JSON value, with `//` and `/* */` comments and an optional byte order mark. Every value and every key gets
/// its place: lines end at "\n", columns count code points from 1. Returns nothing when an error was reported:
/// `empty-document`, `document-too-large`, `malformed-json` (reading stops there), `nested-too-deep`,
/// `number-out-of-range`, and one `duplicate-key` for every repetition. `file` is only a name for messages.
[[nodiscard]] std::optional<Value> parse_json(std::string_view text, const std::string& file, Diagnostics& diagnostics);

enum class JsonLayout {
  indented,  ///< two spaces; a list or object that fits in 110 columns stands on one line; newline at the end
  one_line   ///< no newline at all
};

/// Canonical JSON: keys in the order of the tree; reals in the shortest form that reads back exactly and always as a
/// real (2.0, 1e22); infinities and NaN as the texts "inf", "-inf", "nan"; UTF-8 kept, ill-formed bytes replaced by
/// U+FFFD. Reading the text gives an equal value unless there was an infinity, a NaN or an ill-formed text.
[[nodiscard]] std::string write_json(const Value& value, JsonLayout layout = JsonLayout::indented);

}  // namespace skein
