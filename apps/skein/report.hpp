// Report: what a run found, for a person.
#pragma once

#include <string>

#include "skein/result.hpp"
#include "skein/session.hpp"

namespace skein::tool {

/// What a run with several objectives found in the place of a best value; null with one objective.
[[nodiscard]] const ResultFront* front_of_several(const Result& result);

/// Some lines of text. `file` is where the whole result stands, empty when nowhere.
[[nodiscard]] std::string report_text(const Job& job, const Result& result, const std::string& file);

}  // namespace skein::tool
