#include "skein/plugin.hpp"

#include <string>

#include "skein/operators.hpp"
#include "skein/registry.hpp"
#include "skein_embedded/memory.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "memory",
    .version = SKEIN_VERSION,
    .summary = "runs within bounds of memory: readings, levels, cleanup, alerts, and a swarm that keeps them",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) {
  skein::register_memory_operators(registry);
  for (const skein::EmbeddedDocument& document : skein::embedded::memory()) {
    registry.add_graph_document(document.text, std::string(document.file));
  }
}
