#include "skein/plugin.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{.struct_size = 16, .name = "short_descriptor"};

void skein_plugin_register(skein::Registry&) {}
