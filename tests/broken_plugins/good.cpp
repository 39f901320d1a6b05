// Nothing is wrong with this one.
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"
#include "tests/broken_plugins/operator_for_tests.hpp"

namespace {
struct Good {
  static constexpr std::string_view text = "good_operator";
};
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("good");

void skein_plugin_register(skein::Registry& registry) { registry.add(skein::operator_table<Doing<Good>>()); }
