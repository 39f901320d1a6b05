#include "skein/plugin.hpp"

#include "skein/operators.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "operators",
    .version = SKEIN_VERSION,
    .summary = "roles, elementary operators, topologies and stop criteria: what graphs are made of",
    .licence = "MIT",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_operators(registry); }
