// A plugin: a shared object with two symbols, skein_plugin_descriptor and skein_plugin_register. Its source defines
// them:
//
//   #include "skein/plugin.hpp"
//   #include "skein/registry.hpp"
//   const skein::PluginDescriptor skein_plugin_descriptor{
//       .name = "my_plugin", .version = "1.0.0", .summary = "what it adds", .licence = "MIT"};
//   void skein_plugin_register(skein::Registry& registry) { registry.add(my_operator()); }
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "skein/reproducibility.hpp"

namespace skein {

class Registry;

/// Version of what plugins see of Skein. A plugin built for another major, or for a newer minor, is refused.
inline constexpr std::uint32_t plugin_api_major = 1;
inline constexpr std::uint32_t plugin_api_minor = 0;

/// What must be the same in a plugin and its host for their objects to fit, beside the version: number of Skein's own
/// binary interface, standard library, its strings and containers. The compiler may differ.
inline constexpr const char* plugin_abi_tag =
    "skein-1"
#if defined(_LIBCPP_VERSION)
    ", libc++"
#elif defined(__GLIBCXX__)
    ", libstdc++"
#else
    ", other standard library"
#endif
#if defined(_GLIBCXX_USE_CXX11_ABI) && !_GLIBCXX_USE_CXX11_ABI
    ", strings of before C++11"
#endif
#if defined(_GLIBCXX_DEBUG)
    ", debug containers"
#endif
    ;

/// Who a plugin is. A constant: it is read before any code of the plugin is trusted.
struct PluginDescriptor {
  std::uint32_t struct_size = sizeof(PluginDescriptor);
  std::uint32_t api_major = plugin_api_major;
  std::uint32_t api_minor = plugin_api_minor;
  const char* abi_tag = plugin_abi_tag;

  const char* name = "";     ///< lower case letters, digits and _; no other loaded plugin may have it
  const char* version = "";  ///< up to three numbers: "1.0.2"
  const char* summary = "";  ///< one phrase
  const char* licence = "";  ///< SPDX identifier: "MIT"
  /// Plugins that must be loaded before, with the versions that will do: "real_vector >=0.1 <1, operators".
  const char* dependencies = "";
  /// A plugin that uses only + - * / and square roots of doubles, skein::math and Skein's random numbers may say that
  /// its numbers are the same on every machine.
  Reproducibility reproducibility = Reproducibility::one_machine;
};

static_assert(std::is_trivially_copyable_v<PluginDescriptor> && std::is_standard_layout_v<PluginDescriptor>);

}  // namespace skein

extern "C" {
[[gnu::visibility("default")]] extern const skein::PluginDescriptor skein_plugin_descriptor;

/// Adds everything to the registry, in any order. May throw: nothing of it is kept then.
[[gnu::visibility("default")]] void skein_plugin_register(skein::Registry& registry);
}
