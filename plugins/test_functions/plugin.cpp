#include "skein/plugin.hpp"

#include "skein/problems/test_functions.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "test_functions",
    .version = SKEIN_VERSION,
    .summary = "problems: analytic functions of a real vector with a known minimum",
    .licence = "MIT",
    .dependencies = "real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_test_functions(registry); }
