// UTF-8: checking and counting, for positions in documents and for texts in messages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace skein {

/// Bytes of the well-formed UTF-8 sequence that starts at `offset` (1 to 4), or 0 where there is none: stray or missing
/// continuation bytes, overlong forms, surrogates, code points above U+10FFFF, the end of the text.
[[nodiscard]] std::size_t utf8_sequence_length(std::string_view text, std::size_t offset) noexcept;

/// Code points of a well-formed text.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

/// The text in double quotes for a message, cut off with "..." after 60 code points.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace skein
