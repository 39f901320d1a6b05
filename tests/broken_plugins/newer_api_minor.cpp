#include "skein/plugin.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .api_minor = skein::plugin_api_minor + 1, .name = "newer_api_minor", .version = "1.0.0"};

void skein_plugin_register(skein::Registry&) {}
