// What a caught exception says.
#pragma once

#include <string>

namespace skein {

/// The text of the exception that is being handled.
[[nodiscard]] std::string current_exception_text();

}  // namespace skein
