#include "skein/plugin.hpp"

#include <string>

#include "content.hpp"
#include "skein/registry.hpp"
#include "skein_embedded/decay.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "decay",
    .version = "1.0.0",
    .summary = "fits an exponential decay to measurements",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1, real_vector >=0.1 <1, particle_swarm >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) {
  registry.add(decay::opposite_velocity_operator());
  registry.add(skein::problem_spec(decay::decay_fit_problem()));
  for (const skein::EmbeddedDocument& document : skein::embedded::decay()) {
    registry.add_graph_document(document.text, std::string(document.file));
  }
}
