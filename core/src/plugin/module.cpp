#include "plugin/module.hpp"

#include <dlfcn.h>

#include <boost/dll/shared_library.hpp>
#include <memory>
#include <system_error>
#include <utility>

#include "plugin/floating_point.hpp"
#include "plugin/refusal.hpp"

namespace skein::plugin {
namespace {

constexpr const char* descriptor_symbol = "skein_plugin_descriptor";
constexpr const char* register_symbol = "skein_plugin_register";

/// What the dynamic linker says, without the file's name, which the finding has.
std::string reason_of(const std::string& file) {
  const char* text = dlerror();
  std::string reason = text == nullptr ? "" : text;
  if (reason.starts_with(file + ": ")) reason.erase(0, file.size() + 2);
  return reason;
}

}  // namespace

std::optional<BuiltinPlugin> load_module(const std::string& file, Diagnostics& findings) {
  const FloatingPointState state;
  boost::dll::fs::error_code error;
  // Without Boost's handle, which would unload it: what the linker says is asked for before anything else happens.
  auto library = std::make_unique<boost::dll::shared_library>();
  library->load(file, error, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
  const std::string reason = error ? reason_of(file) : "";
  if (state.restore()) findings.add(changed_arithmetic(file));
  if (error) {
    findings.add(refusal("plugin-not-loaded", file, "The plugin cannot be loaded: " + reason + ".", "", "",
                         reason.find("undefined symbol") != std::string::npos
                             ? "link what is missing; -Wl,-z,defs finds it when the plugin is built"
                             : ""));
    return std::nullopt;
  }
  for (const char* symbol : {descriptor_symbol, register_symbol}) {
    if (library->has(symbol)) continue;
    findings.add(refusal("not-a-plugin", file,
                         "This shared object is no plugin of Skein: it has no symbol '" + std::string(symbol) + "'.",
                         "the symbols that skein/plugin.hpp declares"));
  }
  if (findings.has_errors()) return std::nullopt;
  const BuiltinPlugin plugin{&library->get<const PluginDescriptor>(descriptor_symbol),
                             &library->get<void(Registry&)>(register_symbol)};
  static_cast<void>(library.release());
  return plugin;
}

}  // namespace skein::plugin
