// Has an operator, and a graph, of names that shipped plugins also have.
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"
#include "tests/broken_plugins/operator_for_tests.hpp"

namespace {
struct Counting {
  static constexpr std::string_view text = "increment";
};
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("shared_name");

void skein_plugin_register(skein::Registry& registry) { registry.add(skein::operator_table<Doing<Counting>>()); }
