#include "registry/requirements.hpp"

#include "plugin/version.hpp"

namespace skein {
namespace {

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
    const bool is_loaded = registry_.has_plugin(plugin);
    if (!is_loaded && found != nullptr) {
      return report("missing-plugin", plugin, needs + "which was refused: " + found->reason(), wanted, found->file,
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

void check_requirements(const Registry& registry, const std::vector<std::pair<std::string, std::string>>& requirements,
                        const RequirementOwner& owner, Diagnostics& diagnostics) {
  RequirementCheck check(registry, owner, diagnostics);
  for (const auto& [plugin, range] : requirements) check.check(plugin, range);
}

}  // namespace skein
