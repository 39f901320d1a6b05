// Whether anyone could put another file in the place of one.
#pragma once

#include <filesystem>
#include <string>

namespace skein::plugin {

/// "this file" or "into the folder …"; empty when not every user may change the file that the absolute path leads to,
/// or what is found under one of the names on the way: those of the path, and of what the links in it stand for.
[[nodiscard]] std::string writable_place(const std::filesystem::path& path);

}  // namespace skein::plugin
