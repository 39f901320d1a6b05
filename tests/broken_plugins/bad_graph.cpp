// One of its graphs cannot be read.
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

const skein::PluginDescriptor skein_plugin_descriptor = described("bad_graph");

void skein_plugin_register(skein::Registry& registry) {
  registry.add_graph_document("{\"format\": \"skein/1\",\n \"graph\": \"bad\",\n \"nodes\": 3,\n \"flow\": []}",
                              "graphs/bad.json");
}
