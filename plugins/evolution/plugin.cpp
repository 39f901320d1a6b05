#include "skein/plugin.hpp"

#include <string>

#include "skein/registry.hpp"
#include "skein_embedded/evolution.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "evolution",
    .version = SKEIN_VERSION,
    .summary = "genetic algorithm, differential evolution and simulated annealing as graphs, for any encoding",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1, particle_swarm >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) {
  for (const skein::EmbeddedDocument& document : skein::embedded::evolution()) {
    registry.add_graph_document(document.text, std::string(document.file));
  }
}
