// Its exception has no words.
#include <stdexcept>

#include "tests/broken_plugins/descriptor.hpp"

const skein::PluginDescriptor skein_plugin_descriptor = described("register_throws_nothing_known");

void skein_plugin_register(skein::Registry&) { throw std::runtime_error(""); }
