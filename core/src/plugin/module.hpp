// A shared object that has been loaded, and its two symbols.
#pragma once

#include <optional>
#include <string>

#include "skein/diagnostic.hpp"
#include "skein/plugin_sources.hpp"

namespace skein::plugin {

/// Loads the file for good: it is never unloaded, because tables, exceptions and texts from it may live anywhere.
/// Findings say why it cannot be loaded, or (as a warning) that it changed the floating-point state, which was put
/// back.
[[nodiscard]] std::optional<BuiltinPlugin> load_module(const std::string& file, Diagnostics& findings);

}  // namespace skein::plugin
