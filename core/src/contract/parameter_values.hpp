// The parameters with which an operator is run for its contract.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "contract/contract_findings.hpp"
#include "skein/contract.hpp"
#include "skein/operator_table.hpp"
#include "skein/value.hpp"

namespace skein {

struct ParameterValues {
  std::vector<Value> values;         ///< in the order of the table's parameters
  std::vector<std::string> made_up;  ///< "count = 1"
};

/// A value for a parameter that has no default and is not given: the minimum, the first choice, true, or 1 or the
/// number that comes nearest to it. Nothing for what only its author knows: texts, and parameters that take anything.
[[nodiscard]] std::optional<Value> made_up_value(const ParameterSpec& parameter);

/// Given values, defaults, and made-up values where there is neither, checked as those of a document are. Nothing, and
/// a finding, when one is missing or wrong.
[[nodiscard]] std::optional<ParameterValues> parameter_values(const OperatorTable& table, const ContractInput& input,
                                                              std::size_t dimension, ContractFindings& findings);

}  // namespace skein
