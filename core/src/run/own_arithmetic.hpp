// OwnArithmetic: the floating-point environment that Skein's own kernels run in, whatever the host has chosen.
#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace skein {

/// For its lifetime this thread rounds to nearest with all exceptions masked and, if wanted, takes denormal numbers for
/// zero, as operands and as results: converged swarms produce them, and processors take many times as long for them.
/// Afterwards, and between `leave` and `enter`, the environment is the one that was found. Elsewhere than on x86 it
/// does nothing.
class OwnArithmetic {
 public:
  explicit OwnArithmetic(bool flushes_denormals) noexcept {
#if defined(__SSE2__)
    constexpr std::uint32_t all_masked = 0x1f80;
    constexpr std::uint32_t flush_to_zero = 0x8000;
    constexpr std::uint32_t denormals_are_zero = 0x0040;
    found_ = _mm_getcsr();
    own_ = all_masked | (flushes_denormals ? flush_to_zero | denormals_are_zero : 0);
#else
    static_cast<void>(flushes_denormals);
#endif
    enter();
  }
  ~OwnArithmetic() { leave(); }
  OwnArithmetic(const OwnArithmetic&) = delete;
  OwnArithmetic& operator=(const OwnArithmetic&) = delete;

  void enter() const noexcept { set(own_); }
  void leave() const noexcept { set(found_); }

 private:
  static void set(std::uint32_t environment) noexcept {
#if defined(__SSE2__)
    _mm_setcsr(environment);
#else
    static_cast<void>(environment);
#endif
  }

  std::uint32_t found_ = 0;
  std::uint32_t own_ = 0;
};

}  // namespace skein
