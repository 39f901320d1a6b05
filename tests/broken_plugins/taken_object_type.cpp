// Adds an object type that the shipped algorithms use by this name.
#include <memory>

#include "skein/object.hpp"
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

const skein::PluginDescriptor skein_plugin_descriptor = described("taken_object_type");

void skein_plugin_register(skein::Registry& registry) {
  registry.add_object_type("neighborhood", [] { return std::unique_ptr<skein::ObjectVariable>(); });
}
