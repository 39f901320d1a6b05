// Report: what a run found, for a person.
#pragma once

#include <string>

#include "skein/result.hpp"
#include "skein/session.hpp"

namespace skein::tool {

/// Some lines of text. `file` is where the whole result stands, empty when nowhere.
[[nodiscard]] std::string report_text(const Job& job, const Result& result, const std::string& file);

}  // namespace skein::tool
