#include "skein/plugin.hpp"

#include "skein/problems/external_program.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{.name = "external_program",
                                                      .version = SKEIN_VERSION,
                                                      .summary = "problem: an objective that worker processes compute",
                                                      .licence = "MIT",
                                                      .dependencies = "real_vector >=0.1 <1",
                                                      .reproducibility = skein::Reproducibility::one_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_external_program(registry); }
