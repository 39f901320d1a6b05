// Compiled with _GLIBCXX_DEBUG. Nothing of it may run.
#include <vector>

#include "tests/broken_plugins/descriptor.hpp"

const skein::PluginDescriptor skein_plugin_descriptor = described("debug_containers");

void skein_plugin_register(skein::Registry&) {
  static std::vector<int> numbers(3);
  numbers.at(7) = 1;
}
