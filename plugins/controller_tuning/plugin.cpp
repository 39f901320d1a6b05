#include "skein/plugin.hpp"

#include "skein/problems/controller_tuning.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "controller_tuning",
    .version = SKEIN_VERSION,
    .summary = "problems: gains of controllers that keep a double inverted pendulum upright",
    .licence = "MIT",
    .dependencies = "real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_controller_tuning(registry); }
