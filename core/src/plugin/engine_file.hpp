// Where this engine is.
#pragma once

#include <filesystem>

namespace skein::plugin {

/// The file of libskein, or of the program when the engine is part of it: absolute, whatever the current folder is and
/// was. Empty when the system does not say.
[[nodiscard]] std::filesystem::path engine_file();

}  // namespace skein::plugin
