#include "skein/plugin.hpp"

#include "skein/problems/expression.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "expression",
    .version = SKEIN_VERSION,
    .summary = "problem: an objective and constraints that are written in the document",
    .licence = "MIT",
    .dependencies = "real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_expression(registry); }
