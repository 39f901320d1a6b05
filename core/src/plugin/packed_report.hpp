// A report as bytes, to hand it from one process to another.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "skein/plugin_report.hpp"

namespace skein::plugin {

[[nodiscard]] std::string packed(const PluginReport& report);
/// Nothing when the bytes are not what `packed` returns.
[[nodiscard]] std::optional<PluginReport> unpacked(std::string_view bytes);

}  // namespace skein::plugin
