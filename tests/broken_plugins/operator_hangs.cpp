// It is loaded, but one of its operators never returns.
#include <unistd.h>

#include <string_view>
#include <tuple>

#include "skein/operator.hpp"
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

namespace {

struct Hangs {
  static constexpr std::string_view name = "hangs";
  static constexpr std::string_view summary = "waits for ever";
  struct Ports {};
  static constexpr std::tuple<> ports{};
  static void run(const Ports&, skein::StepContext&) noexcept {
    for (volatile bool is_waiting = true; is_waiting;) pause();
  }
};

}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("operator_hangs");

void skein_plugin_register(skein::Registry& registry) { registry.add(skein::operator_table<Hangs>()); }
