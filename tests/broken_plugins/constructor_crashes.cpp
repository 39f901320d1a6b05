#include "tests/broken_plugins/descriptor.hpp"

namespace {
volatile int* volatile nothing = nullptr;
__attribute__((no_sanitize("undefined"))) int read_nothing() { return *nothing; }
[[maybe_unused]] const int number = read_nothing();
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("constructor_crashes");

void skein_plugin_register(skein::Registry&) {}
