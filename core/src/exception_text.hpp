// What a caught exception says.
#pragma once

#include <string>

namespace skein {

/// The text of the exception that is being handled.
[[nodiscard]] std::string current_exception_text();

/// Whether the exception that is being handled says that there is no memory.
[[nodiscard]] bool current_exception_is_bad_alloc() noexcept;

}  // namespace skein
