// Whether a file can be a shared object for this machine, before the dynamic linker maps it.
#pragma once

#include <optional>
#include <string>

#include "skein/diagnostic.hpp"

namespace skein::plugin {

/// Why it cannot. A file that is cut off is found here, because mapping it ends the process.
[[nodiscard]] std::optional<Diagnostic> check_elf(const std::string& file);

}  // namespace skein::plugin
