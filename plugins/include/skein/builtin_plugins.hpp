// The shipped plugins as parts of the program, for hosts that load no shared objects.
#pragma once

#include "skein/plugin_sources.hpp"

namespace skein {

/// All of them, for Session::load_plugins.
[[nodiscard]] PluginSources builtin_plugins();

}  // namespace skein
