// JSON text to a tree, for readers that go on after a mistake.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"
#include "skein/value.hpp"

namespace skein {

/// Like parse_json, but a key that is given twice, which is reported, costs only its repetitions: the tree has the
/// first.
[[nodiscard]] std::optional<Value> parse_json_tree(std::string_view text, const std::string& file,
                                                   Diagnostics& diagnostics);

}  // namespace skein
