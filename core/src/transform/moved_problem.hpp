// What transforms of real vectors make: a problem that is evaluated elsewhere.
#pragma once

#include <memory>
#include <vector>

#include "transform/transform.hpp"
#include "transform/wrapped_evaluator.hpp"

namespace skein::transform {

/// The problem evaluated at the positions that `map` gives, within the same bounds. `best` is where its best known
/// solution lies now; empty: unknown, with its value. A solution outside of the bounds is left out, with its value and
/// a warning `best-known-left-out`.
[[nodiscard]] std::shared_ptr<const Problem> moved_problem(const Given& given, std::unique_ptr<const PositionMap> map,
                                                           std::vector<double> best);

}  // namespace skein::transform
