// Candidate: a plugin on its way from a file to the registry.
#pragma once

#include <cstddef>
#include <vector>

#include "plugin/version.hpp"
#include "skein/plugin_report.hpp"
#include "skein/plugin_sources.hpp"
#include "skein/registry.hpp"

namespace skein::plugin {

struct Candidate {
  PluginReport report;
  BuiltinPlugin entry;
  bool asked_for = false;
  bool is_shipped = false;  ///< from the folder of the shipped plugins, or built in
  Version version;
  std::vector<Dependency> dependencies;
  Registry staged;  ///< what it has registered

  [[nodiscard]] bool is_refused() const { return report.findings.has_errors(); }
};

}  // namespace skein::plugin
