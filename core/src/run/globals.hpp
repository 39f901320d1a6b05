// Reading and writing scalar globals.
#pragma once

#include "skein/expression.hpp"
#include "skein/view.hpp"

namespace skein {

/// The first element of a global: real, integer (also for an index) or boolean (also for a binary).
[[nodiscard]] Scalar read_global(const ColumnView& global) noexcept;

/// Stores a value in the type of the global.
void write_global(const ColumnView& global, Scalar value) noexcept;

}  // namespace skein
