#include "skein/plugin.hpp"

#include "skein/problems/combinatorial.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "combinatorial",
    .version = SKEIN_VERSION,
    .summary = "problems: bits, knapsacks, tours and gear trains, with instances and readers of their files",
    .licence = "MIT",
    .dependencies = "binary_vector >=0.1 <1, integer_vector >=0.1 <1, permutation >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_combinatorial(registry); }
