#include "registry/missing_plugin.hpp"

#include <algorithm>

#include "plugin/version.hpp"

namespace skein {
namespace {

std::string reason_of(const PluginReport& report) {
  const auto items = report.findings.items();
  const auto error = std::ranges::find(items, Severity::error, &Diagnostic::severity);
  return error == items.end() ? "" : error->message;
}

std::string refused_text(const PluginReport& report) {
  return "plugin '" + report.name + "' (" + report.file + ") would bring it, but was refused: " + reason_of(report);
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
  const auto& loaded = registry.plugins();
  return std::ranges::find(loaded, plugin) == loaded.end() ? "load the plugin '" + plugin + "'" : "";
}

class RequirementCheck {
 public:
  RequirementCheck(const Registry& registry, const RequirementOwner& owner, Diagnostics& diagnostics)
      : registry_(registry), owner_(owner), diagnostics_(diagnostics) {}

  void check(const std::string& plugin, const std::string& text) {
    const auto range = plugin::VersionRange::parse(text);
    if (!range) {
      return report("bad-version", plugin, "'" + text + "' is no range of versions.", std::string(plugin::range_form),
                    "'" + text + "'", "");
    }
    const std::string wanted = "plugin " + plugin + (text.empty() ? "" : " " + text);
    const std::string needs = owner_.name + " needs the plugin '" + plugin + "', ";
    const PluginReport* found = registry_.find_report(plugin);
    const bool is_loaded = std::ranges::find(registry_.plugins(), plugin) != registry_.plugins().end();
    if (!is_loaded && found != nullptr) {
      return report("missing-plugin", plugin, needs + "which was refused: " + reason_of(*found), wanted, found->file,
                    "mend or replace that plugin");
    }
    if (!is_loaded) {
      const std::string meant = nearest_name(plugin, registry_.plugins());
      return report("missing-plugin", plugin, needs + "which is not loaded.", wanted, "not loaded",
                    meant.empty() ? "install it, or name its file with --plugin" : meant);
    }
    if (found == nullptr) return;  // the host's own: without a version
    const auto version = plugin::parse_version(found->version);
    if (version && range->holds(*version)) return;
    report("missing-plugin", plugin, needs + "but not in the version that is loaded.", wanted,
           plugin + " " + found->version + " (" + found->file + ")", "install a version that will do");
  }

 private:
  void report(const std::string& code, const std::string& plugin, const std::string& message,
              const std::string& expected, const std::string& found, const std::string& suggestion) {
    diagnostics_.add(
        {code, Severity::error, owner_.where, owner_.path + "/" + plugin, message, expected, found, suggestion});
  }

  const Registry& registry_;
  const RequirementOwner& owner_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::string missing_component_hint(const Registry& registry, std::string_view component,
                                   std::span<const std::string> known) {
  std::string bringer = bringer_of(registry, component);
  return bringer.empty() ? nearest_name(component, known) : bringer;
}

void check_requirements(const Registry& registry, const std::vector<std::pair<std::string, std::string>>& requirements,
                        const RequirementOwner& owner, Diagnostics& diagnostics) {
  RequirementCheck check(registry, owner, diagnostics);
  for (const auto& [plugin, range] : requirements) check.check(plugin, range);
}

}  // namespace skein
