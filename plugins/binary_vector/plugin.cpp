#include "skein/plugin.hpp"

#include "skein/encodings/binary_vector.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "binary_vector",
    .version = SKEIN_VERSION,
    .summary = "the encoding of solutions as vectors of bits, with its particle operators",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1, real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) { skein::register_binary_vector(registry); }
