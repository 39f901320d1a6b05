// Everything that a file with kernels includes, before anything else. A kernel is a function that is compiled once per
// target (set of vector instructions) and chosen when the program runs. docs/architecture.md, "Kernels", says how a
// file with kernels looks; it may be a .cpp file only.
//
// There is no include guard here: Highway includes the .cpp file again for every target.

#ifndef HWY_DISABLED_TARGETS
// SSSE3 is covered by SSE4 for all machines worth it. Vectors of unknown size cannot be members of a struct.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#endif

// One baseline for all compilers: emulated vectors take clang minutes to compile, and some g++ gets them wrong.
#ifndef HWY_BROKEN_EMU128
#define HWY_BROKEN_EMU128 1
#endif

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE __BASE_FILE__
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "core/kernel/math-inl.hpp"
#include "core/kernel/narrow-inl.hpp"
#include "core/kernel/reals-inl.hpp"
#include "core/kernel/rows-inl.hpp"
