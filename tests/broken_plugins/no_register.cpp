#include "skein/plugin.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{.name = "no_register", .version = "1.0.0"};
