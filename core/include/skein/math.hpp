#pragma once

/// Elementary functions that give the same bits on every x86-64 machine, with g++ and clang, at every optimization
/// level.
///
/// They use + - * / and sqrt of double, integer operations and selections, and neither libm nor multiply-add, so a
/// translation unit that includes them must be compiled with -ffp-contract=off and without -ffast-math. The caller's
/// rounding mode must be "to nearest". Flushing of denormals is part of the input: compare bits under one setting.
/// The sign and payload of a NaN are not part of the promise; that a result is NaN is.
///
/// Functions marked *vectorisable* are free of branches and calls: a plain loop over them is vectorised by g++ -O3
/// (with -fno-math-errno -fno-trapping-math) for SSE2 and up, and gives the same bits as one call at a time.

#include "skein/math/exponential.hpp"
#include "skein/math/selection.hpp"
#include "skein/math/sum.hpp"
#include "skein/math/trigonometry.hpp"
