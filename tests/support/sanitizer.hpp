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

/// Tests that go through thousands of cases take one of so many where each takes many times as long.
inline constexpr int one_case_of = is_sanitized ? 5 : 1;

}  // namespace skein::tests
