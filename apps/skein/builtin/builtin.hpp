// What is part of the program: there are two of it, with and without the shipped plugins built in.
#pragma once

#include "skein/plugin_sources.hpp"

namespace skein::tool {

[[nodiscard]] PluginSources builtin_sources();

}  // namespace skein::tool
