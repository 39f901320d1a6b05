// Two plugins have operators of one type name, with external linkage, as authors write them who do not know better.
#include <string_view>
#include <tuple>

#include "skein/operator.hpp"
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

struct Doing {
  static constexpr std::string_view name = "do_first";
  static constexpr std::string_view summary = "the first";
  struct Ports {};
  static constexpr std::tuple<> ports{};
  static void run(const Ports&, skein::RowContext&) noexcept {}
};

const skein::PluginDescriptor skein_plugin_descriptor = described("same_types_first");

void skein_plugin_register(skein::Registry& registry) { registry.add(skein::operator_table<Doing>()); }
