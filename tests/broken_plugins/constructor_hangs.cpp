#include <unistd.h>

#include "tests/broken_plugins/descriptor.hpp"

namespace {
[[maybe_unused]] const int number = [] {
  for (volatile bool is_waiting = true; is_waiting;) pause();
  return 1;
}();
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("constructor_hangs");

void skein_plugin_register(skein::Registry&) {}
