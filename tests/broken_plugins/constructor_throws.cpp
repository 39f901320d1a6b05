#include <stdexcept>

#include "tests/broken_plugins/descriptor.hpp"

namespace {
[[maybe_unused]] const int number = []() -> int { throw std::runtime_error("no licence server"); }();
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("constructor_throws");

void skein_plugin_register(skein::Registry&) {}
