#include "skein/plugins/particle_swarm.hpp"
#include "skein_embedded/skein_plugin_particle_swarm.hpp"

namespace skein {

void register_particle_swarm(Registry& registry) {
  registry.begin_plugin("particle_swarm", Reproducibility::every_machine);
  for (const EmbeddedDocument& document : embedded::skein_plugin_particle_swarm()) {
    registry.add_graph_document(document.text, std::string(document.file));
  }
}

}  // namespace skein
