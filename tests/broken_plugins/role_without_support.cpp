// Has a role that others may want, but depends on a plugin that does not exist.
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

const skein::PluginDescriptor skein_plugin_descriptor = described("role_without_support", "no_such_plugin");

void skein_plugin_register(skein::Registry& registry) { registry.add(skein::RoleSpec{"wanted_role", "for tests", {}}); }
