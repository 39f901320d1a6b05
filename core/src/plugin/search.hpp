// The files in which plugins may be.
#pragma once

#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/plugin_sources.hpp"

namespace skein::plugin {

struct PluginFile {
  std::string path;  ///< absolute, without symbolic links; as given when it cannot be resolved
  bool asked_for = false;
  Diagnostics findings;  ///< why it must not be opened
};

/// The sources' files, then the *.so of its directories in the order of their names; each file once. What is wrong with
/// a directory itself is a warning in `diagnostics`.
[[nodiscard]] std::vector<PluginFile> find_plugin_files(const PluginSources& sources, Diagnostics& diagnostics);

}  // namespace skein::plugin
