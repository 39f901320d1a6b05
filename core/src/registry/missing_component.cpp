#include "skein/missing_component.hpp"

#include <cstddef>

#include "skein/diagnostic.hpp"
#include "skein/plugin_report.hpp"

namespace skein {
namespace {

std::string refused_text(const PluginReport& report) {
  return "plugin '" + report.name + "' (" + report.file + ") would bring it, but was refused: " + report.reason();
}

/// Who brings a component that was not found; empty when nobody is known.
std::string bringer_of(const Registry& registry, std::string_view component) {
  const std::size_t colon = component.find(':');
  if (colon == std::string_view::npos) {
    const PluginReport* refused = registry.refused_with(component);
    return refused == nullptr ? "" : refused_text(*refused);
  }
  const std::string plugin(component.substr(0, colon));
  const PluginReport* report = registry.find_report(plugin);
  if (report != nullptr && report->state == PluginState::refused) return refused_text(*report);
  return registry.has_plugin(plugin) ? "" : "load the plugin '" + plugin + "'";
}

}  // namespace

std::string missing_component_hint(const Registry& registry, std::string_view component,
                                   std::span<const std::string> known) {
  std::string bringer = bringer_of(registry, component);
  return bringer.empty() ? nearest_name(component, known) : bringer;
}

}  // namespace skein
