// Takes everything out of the registry, its own name too.
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

const skein::PluginDescriptor skein_plugin_descriptor = described("new_registry");

void skein_plugin_register(skein::Registry& registry) { registry = skein::Registry(); }
