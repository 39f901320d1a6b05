// Loading plugins: from sources to a registry.
#pragma once

#include "skein/diagnostic.hpp"
#include "skein/plugin_sources.hpp"
#include "skein/registry.hpp"

namespace skein::plugin {

/// Loads what the sources have into the registry, in an order that depends on nothing but the sources. Each plugin is
/// taken whole or not at all. What became of each is a report of the registry; why one was refused is also in
/// `diagnostics`, as an error if it was asked for by name, otherwise as a warning.
void load_plugins(Registry& registry, const PluginSources& sources, Diagnostics& diagnostics);

}  // namespace skein::plugin
