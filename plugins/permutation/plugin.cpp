#include "skein/plugin.hpp"

#include "skein/encodings/permutation.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "permutation",
    .version = SKEIN_VERSION,
    .summary = "the encoding of solutions as permutations, held as random keys",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1, real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_permutation(registry); }
