// Refusals: why a plugin is not loaded, as findings of its report.
#pragma once

#include <string>
#include <utility>

#include "skein/diagnostic.hpp"

namespace skein::plugin {

/// A finding about the file: what is wrong in one sentence, what was expected and found, and how to mend it.
[[nodiscard]] inline Diagnostic refusal(std::string code, const std::string& file, std::string message,
                                        std::string expected = "", std::string found = "", std::string remedy = "") {
  return {std::move(code),    Severity::error,     {file, 0, 0},     "",
          std::move(message), std::move(expected), std::move(found), std::move(remedy)};
}

/// The warning about a plugin that changed the floating-point state.
[[nodiscard]] inline Diagnostic changed_arithmetic(const std::string& file) {
  return {"plugin-changes-arithmetic",
          Severity::warning,
          {file, 0, 0},
          "",
          "Loading this plugin changed how floating-point numbers are computed; that was put back.",
          "a plugin linked without -ffast-math and -Ofast",
          "",
          "link it without these flags"};
}

}  // namespace skein::plugin
