// Whether a sanitizer watches this build.
#pragma once

namespace skein::tests {

/// Sanitizers take many times the memory of what they watch, and keep what was given back: what a process takes then
/// says nothing of the program.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#elif defined(__has_feature)
inline constexpr bool is_sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace skein::tests
