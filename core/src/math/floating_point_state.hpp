// FloatingPointState: how this thread rounds, masks exceptions and treats denormal numbers.
#pragma once

#include <cfenv>
#include <cstdint>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace skein {

/// Remembers the state and puts it back. Linking with -ffast-math or -Ofast makes a shared object change the state of
/// the thread that loads it, for the whole host.
class FloatingPointState {
 public:
  FloatingPointState() noexcept : control_(control()), rounding_(std::fegetround()) { std::fegetenv(&environment_); }

  /// Puts the state back; true when it was another one.
  bool restore() const noexcept {
    const bool has_changed = control() != control_ || std::fegetround() != rounding_;
    if (has_changed) std::fesetenv(&environment_);
    return has_changed;
  }

 private:
  /// What <cfenv> does not compare.
  static std::uint64_t control() noexcept {
#if defined(__SSE2__)
    constexpr std::uint32_t flags = 0x3f;  // what has happened so far: no part of the state
    return _mm_getcsr() & ~flags;
#elif defined(__aarch64__)
    std::uint64_t content = 0;
    asm volatile("mrs %0, fpcr" : "=r"(content));
    return content;
#else
    return 0;
#endif
  }

  std::uint64_t control_;
  int rounding_;
  std::fenv_t environment_{};
};

}  // namespace skein
