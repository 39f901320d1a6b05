#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"
#include "tests/broken_plugins/operator_for_tests.hpp"

namespace {
struct Before {
  static constexpr std::string_view text = "before_the_crash";
};
volatile int* volatile nothing = nullptr;
__attribute__((no_sanitize("undefined"))) void write_nothing() { *nothing = 1; }
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("register_crashes");

void skein_plugin_register(skein::Registry& registry) {
  registry.add(skein::operator_table<Doing<Before>>());
  write_nothing();
}
