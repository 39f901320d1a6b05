// What `skein new plugin` writes: a plugin that builds, passes its test and runs its example.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace skein::tool {

struct SkeletonFile {
  std::string name;
  std::string text;
};

/// A name that a plugin can have and that is near to `name`; `name` itself when it is one.
[[nodiscard]] std::string possible_plugin_name(std::string_view name);

/// The files of apps/skein/new_plugin, for a plugin of this name.
[[nodiscard]] std::vector<SkeletonFile> plugin_skeleton(const std::string& name);

}  // namespace skein::tool
