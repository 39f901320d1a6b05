#include "skein/plugin.hpp"

#include <string>

#include "skein/encodings/binary_vector.hpp"
#include "skein/registry.hpp"
#include "skein_embedded/binary_vector.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "binary_vector",
    .version = SKEIN_VERSION,
    .summary = "the encoding of solutions as vectors of bits, with its particle operators",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1, real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) {
  skein::register_binary_vector(registry);
  for (const skein::EmbeddedDocument& document : skein::embedded::binary_vector()) {
    registry.add_graph_document(document.text, std::string(document.file));
  }
}
