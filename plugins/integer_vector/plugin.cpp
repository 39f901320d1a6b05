#include "skein/plugin.hpp"

#include <string>

#include "skein/encodings/integer_vector.hpp"
#include "skein/registry.hpp"
#include "skein_embedded/integer_vector.hpp"

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "integer_vector",
    .version = SKEIN_VERSION,
    .summary = "the encoding of solutions as vectors of integers within bounds, with its particle operators",
    .licence = "MIT",
    .dependencies = "operators >=0.1 <1, real_vector >=0.1 <1",
    .reproducibility = skein::Reproducibility::every_machine};

void skein_plugin_register(skein::Registry& registry) {
  skein::register_integer_vector(registry);
  for (const skein::EmbeddedDocument& document : skein::embedded::integer_vector()) {
    registry.add_graph_document(document.text, std::string(document.file));
  }
}
