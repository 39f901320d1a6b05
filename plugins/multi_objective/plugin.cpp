#include "skein/plugin.hpp"

#include "skein/problems/multi_objective.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{.name = "multi_objective",
                                                      .version = SKEIN_VERSION,
                                                      .summary = "problems: test problems with several objectives",
                                                      .licence = "MIT",
                                                      .dependencies = "real_vector >=0.1 <1",
                                                      .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_multi_objective(registry); }
