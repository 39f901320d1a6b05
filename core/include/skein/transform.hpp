// Transforms: what a run document can do to a problem before it is optimized ("shift", "rotate", …).
#pragma once

#include <span>
#include <string_view>

#include "skein/operator_table.hpp"

namespace skein {

/// One kind of transform, as documents name it: {"NAME": {"parameter": value, …}}, or {"NAME": value} with the value of
/// its first parameter.
struct TransformSpec {
  std::string_view name;
  std::string_view summary;
  std::string_view source;  ///< paper and year, where there is one
  std::span<const ParameterSpec> parameters;
  bool moves_solutions = false;  ///< works only on problems whose solutions are real vectors (`real[d]`)
};

/// All of them, in a fixed order.
[[nodiscard]] std::span<const TransformSpec> transform_specs() noexcept;

}  // namespace skein
