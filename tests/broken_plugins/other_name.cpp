#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"
#include "tests/broken_plugins/operator_for_tests.hpp"

namespace {
struct Disguised {
  static constexpr std::string_view text = "disguised";
};
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("other_name");

void skein_plugin_register(skein::Registry& registry) {
  registry.begin_plugin("operators");
  registry.add(skein::operator_table<Doing<Disguised>>());
}
