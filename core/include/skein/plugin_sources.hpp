// PluginSources: where a session looks for plugins.
#pragma once

#include <string>
#include <vector>

#include "skein/plugin.hpp"

namespace skein {

/// A plugin that is part of the program. It is checked, ordered and registered like one from a file.
struct BuiltinPlugin {
  const PluginDescriptor* descriptor = nullptr;
  void (*add)(Registry& registry) = nullptr;
};

/// Where two plugins have one name, the one that stands first here is taken.
struct PluginSources {
  std::vector<BuiltinPlugin> builtin;
  std::vector<std::string> files;        ///< asked for: if one is refused, that is an error
  std::vector<std::string> directories;  ///< searched for *.so, by name: a refusal there is a warning
  /// Otherwise nothing is loaded from a folder into which every user may write.
  bool allow_writable_directories = false;
  /// How long loading and registering one plugin may take when it is tried in a child process.
  double seconds_to_try = 10;
};

/// The path by which reports name a file: absolute, and without symbolic links where it can be resolved.
[[nodiscard]] std::string plugin_path(const std::string& given);

/// The folders of the environment variable SKEIN_PLUGIN_PATH, separated by colons, then the folder of the shipped
/// plugins. Never the current folder.
[[nodiscard]] PluginSources standard_plugin_sources();

/// skein/plugins beside libskein, or in ../lib beside the program when the engine is part of it.
[[nodiscard]] std::string shipped_plugin_directory();

}  // namespace skein
