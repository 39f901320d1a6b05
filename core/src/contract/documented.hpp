// The first clause of the contract: a declaration says what everything is.
#pragma once

#include "contract/contract_findings.hpp"
#include "skein/operator_table.hpp"

namespace skein {

void check_documented(const OperatorTable& table, ContractFindings& findings);

}  // namespace skein
