// What a caught exception says.
#pragma once

#include <string>

namespace skein {

/// For an exception without words.
inline constexpr const char* no_reason = "(no reason given)";

/// The text of the exception that is being handled.
[[nodiscard]] std::string current_exception_text();

/// Whether the exception that is being handled says that there is no memory.
[[nodiscard]] bool current_exception_is_bad_alloc() noexcept;

}  // namespace skein
