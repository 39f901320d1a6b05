// Where a program is.
#pragma once

#include <string>

namespace skein::external_program {

/// The file that a command's first word means: with a slash, a path relative to the folder of `document`; otherwise the
/// first executable file of this name in PATH. Empty when there is none, with `problem` as a sentence.
[[nodiscard]] std::string program_file(const std::string& word, const std::string& document, std::string& problem);

}  // namespace skein::external_program
