// The measures of canonical JSON.
#pragma once

#include <cstddef>

namespace skein {

inline constexpr std::size_t json_line_width = 110;  ///< what fits in it stands on one line
inline constexpr std::size_t json_indent_width = 2;

}  // namespace skein
