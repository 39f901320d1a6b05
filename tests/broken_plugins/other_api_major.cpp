#include "skein/plugin.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .api_major = skein::plugin_api_major + 1, .name = "other_api_major", .version = "1.0.0"};

void skein_plugin_register(skein::Registry&) {}
