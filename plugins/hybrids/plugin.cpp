#include "skein/plugin.hpp"

#include <string>

#include "skein/registry.hpp"
#include "skein_embedded/hybrids.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "hybrids",
    .version = SKEIN_VERSION,
    .summary = "algorithms made of others: swarms and differential evolution with local search",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1, particle_swarm >=0.1 <1, evolution >=0.1 <1, local_search >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) {
  for (const skein::EmbeddedDocument& document : skein::embedded::hybrids()) {
    registry.add_graph_document(document.text, std::string(document.file));
  }
}
