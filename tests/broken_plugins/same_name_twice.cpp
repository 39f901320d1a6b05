#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"
#include "tests/broken_plugins/operator_for_tests.hpp"

namespace {
struct Twice {
  static constexpr std::string_view text = "twice";
};
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("same_name_twice");

void skein_plugin_register(skein::Registry& registry) {
  registry.add(skein::operator_table<Doing<Twice>>());
  registry.add(skein::operator_table<Doing<Twice>>());
}
