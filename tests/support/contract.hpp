// The contract that every registered operator keeps, as an assertion.
#pragma once

#include "skein/contract.hpp"
#include "skein/operator_table.hpp"

namespace skein::testing {

/// Every finding of skein::check_contract fails the test, notes included.
void check_contract(const OperatorTable& table, const ContractInput& input = {});

}  // namespace skein::testing
