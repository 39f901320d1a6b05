#include "tests/broken_plugins/descriptor.hpp"

// NOLINTNEXTLINE: nothing defines it, and that is the point.
void no_library_has_this(skein::Registry& registry);

const skein::PluginDescriptor skein_plugin_descriptor = described("undefined_symbol");

void skein_plugin_register(skein::Registry& registry) { no_library_has_this(registry); }
