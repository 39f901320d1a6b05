// FloatingPointState: how this thread rounds, masks exceptions and treats denormal numbers.
#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace skein::plugin {

/// Remembers the state and puts it back. Linking with -ffast-math or -Ofast makes a shared object change the state of
/// the thread that loads it, for the whole host. Elsewhere than on x86 it does nothing.
class FloatingPointState {
 public:
  FloatingPointState() noexcept : found_(control()) {}

  /// Puts the state back; true when it was another one.
  bool restore() const noexcept {
    const bool has_changed = control() != found_;
#if defined(__SSE2__)
    if (has_changed) _mm_setcsr((_mm_getcsr() & flags) | found_);
#endif
    return has_changed;
  }

 private:
  static constexpr std::uint32_t flags = 0x3f;  // what has happened so far: no part of the state

  static std::uint32_t control() noexcept {
#if defined(__SSE2__)
    return _mm_getcsr() & ~flags;
#else
    return 0;
#endif
  }

  std::uint32_t found_;
};

}  // namespace skein::plugin
