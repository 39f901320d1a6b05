#include <cstdlib>

#include "tests/broken_plugins/descriptor.hpp"

namespace {
[[maybe_unused]] const int number = []() -> int { std::exit(0); }();
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("constructor_exits");

void skein_plugin_register(skein::Registry&) {}
