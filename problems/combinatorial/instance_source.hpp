// Where instances come from: files that documents name, and those that are shipped inside the plugin.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"
#include "skein/value.hpp"

namespace skein {

struct InstanceText {
  std::string file;  ///< for messages
  bool is_shipped = false;
  std::string text;
};

/// What the parameter `file` names: one of the shipped instances, or else a file. A relative path starts at the folder
/// of the document in which it stands; one that was typed or set by a program, at the current folder. Why a file cannot
/// be read is reported at the parameter.
[[nodiscard]] std::optional<InstanceText> read_instance(const Value& file, std::span<const std::string_view> shipped,
                                                        Diagnostics& diagnostics);

}  // namespace skein
