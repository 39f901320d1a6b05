#include "skein/plugin.hpp"

#include "skein/problems/engineering_designs.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "engineering_designs",
    .version = SKEIN_VERSION,
    .summary = "problems: constrained designs of machines and structures",
    .licence = "MIT",
    .dependencies = "real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_engineering_designs(registry); }
