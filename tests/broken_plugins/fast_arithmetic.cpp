// Linked with -Ofast. Newer compilers leave the floating-point state alone then, so this does what older ones do.
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include <cfenv>

#include "tests/broken_plugins/descriptor.hpp"

namespace {
[[maybe_unused]] const int number = [] {
#if defined(__SSE2__)
  constexpr unsigned denormals_are_zero = 0x8040;
  _mm_setcsr(_mm_getcsr() | denormals_are_zero);
#endif
  return std::fesetround(FE_UPWARD);
}();
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("fast_arithmetic");

void skein_plugin_register(skein::Registry&) { std::fesetround(FE_DOWNWARD); }
