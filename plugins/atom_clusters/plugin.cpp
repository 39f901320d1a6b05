#include "skein/plugin.hpp"

#include "skein/problems/atom_clusters.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "atom_clusters",
    .version = SKEIN_VERSION,
    .summary = "problems: arrangements of atoms with as little energy as possible",
    .licence = "MIT",
    .dependencies = "real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_atom_clusters(registry); }
