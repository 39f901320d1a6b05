#include "skein/plugin.hpp"

#include <string>

#include "skein/registry.hpp"
#include "skein_embedded/particle_swarm.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "particle_swarm",
    .version = SKEIN_VERSION,
    .summary = "particle swarm optimization: algorithms as graphs, for any encoding",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) {
  for (const skein::EmbeddedDocument& document : skein::embedded::particle_swarm()) {
    registry.add_graph_document(document.text, std::string(document.file));
  }
}
