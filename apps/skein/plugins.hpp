// The plugins of the tool: those beside it, those of SKEIN_PLUGIN_PATH, those of --plugin.
#pragma once

#include "apps/skein/command_line.hpp"
#include "skein/diagnostic.hpp"
#include "skein/session.hpp"

namespace skein::tool {

/// A session with all plugins that can be loaded. One of --plugin that is refused is an error, any other a warning.
[[nodiscard]] Session open_session(const CommonOptions& given, Diagnostics& diagnostics);

}  // namespace skein::tool
