#include "skein/plugin.hpp"

#include "skein/local_search.hpp"
#include "skein/registry.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "local_search",
    .version = SKEIN_VERSION,
    .summary = "local search of real vectors with NLopt: Nelder-Mead, Sbplx, COBYLA, BOBYQA, L-BFGS",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1",
    .reproducibility = skein::Reproducibility::one_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_local_search(registry); }
