// SingleOperator and its numbers, for the tests of all layers: what the contract test of the library runs operators
// with.
#pragma once

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"

namespace skein::testing {

using skein::default_value;
using skein::same_bits;
using skein::SingleOperator;
using skein::some_numbers;

}  // namespace skein::testing
