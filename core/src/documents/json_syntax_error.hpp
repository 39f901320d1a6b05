// What is wrong with a text that nlohmann's parser refused, in a sentence.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"

namespace skein {

/// The finding for a JSON text in well-formed UTF-8 that cannot be read: what stands at fault, and what could stand
/// there instead. `error_offset` is the byte at which the parser gave up (the size of the text when it ended too
/// early).
[[nodiscard]] Diagnostic explain_json_error(std::string_view text, std::size_t error_offset, const std::string& file);

}  // namespace skein
