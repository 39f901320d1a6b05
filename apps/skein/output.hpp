// Output: text to standard output and standard error, and findings in both forms.
#pragma once

#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"
#include "skein/value.hpp"

namespace skein::tool {

/// Makes writing safe: a reader that goes away ends no process, and no file can take the place of a closed standard
/// stream. Returns false when standard output is closed.
[[nodiscard]] bool prepare_standard_streams();

/// Writes to standard output. On failure it says so on standard error, unless it is the reader that went away.
[[nodiscard]] bool print(std::string_view text);

/// `print` as an exit code: done or failed.
[[nodiscard]] int print_and_exit(std::string_view text);

/// Writes to standard error, as far as that is possible.
void say(std::string_view text);

/// Findings for a person on standard error, and a line that counts them: "3 errors, 1 warning".
void print_diagnostics(const Diagnostics& diagnostics);

/// "3 errors, 1 warning"; "no errors" when there are neither.
[[nodiscard]] std::string count_text(const Diagnostics& diagnostics);

/// "1 error", "2 errors".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

/// A list with one object for each finding.
[[nodiscard]] Value to_value(const Diagnostics& diagnostics);

/// Reports why nothing was done. With `json`, standard output gets an object with `error` and `diagnostics`.
[[nodiscard]] int refuse(const Diagnostics& diagnostics, bool json);

/// A finding about what was typed.
[[nodiscard]] Diagnostic bad_argument(std::string message, std::string expected = "", std::string found = "",
                                      std::string suggestion = "");

/// Appends `key: value`.
void add(Object& object, std::string_view key, Value value);

}  // namespace skein::tool
