// The operator behind `for_each`: which row of a population is next.
#pragma once

#include "skein/operator_table.hpp"

namespace skein {

/// row <- the next row of a pass, more <- true; at the end of the pass row <- -1, more <- false, and the call after
/// that begins a new pass. Rows come in their order, or in a new random one in every pass; a row that leaves the
/// population during a pass is passed over, one that joins it waits for the next pass.
///
/// Ports, in this order: `order` inout index<n>[n], `position` inout integer, `row` out integer, `more` out boolean.
[[nodiscard]] const OperatorTable& next_row_operator(bool in_random_order);

}  // namespace skein
