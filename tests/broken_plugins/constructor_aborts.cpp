#include <cstdio>
#include <cstdlib>

#include "tests/broken_plugins/descriptor.hpp"

namespace {
[[maybe_unused]] const int number = []() -> int {
  std::fputs("starting\nconstructor_aborts: the table of primes is damaged\n", stderr);
  std::abort();
}();
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("constructor_aborts");

void skein_plugin_register(skein::Registry&) {}
