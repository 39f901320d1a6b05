// Description: all about one entry of the catalogue, for a person.
#pragma once

#include <string>

#include "skein/value.hpp"

namespace skein::tool {

/// Some lines of text. `details` are those of the catalogue, with what `describe` adds.
[[nodiscard]] std::string description_text(const Value& details);

}  // namespace skein::tool
