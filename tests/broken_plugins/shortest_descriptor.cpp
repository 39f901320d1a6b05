// With a descriptor that ends where the last field of API 1.0 ends: nothing is wrong with it.
#include <cstddef>

#include "skein/plugin.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .struct_size = offsetof(skein::PluginDescriptor, reproducibility) + sizeof(skein::Reproducibility),
    .name = "shortest_descriptor",
    .version = "1.0.0"};

void skein_plugin_register(skein::Registry&) {}
