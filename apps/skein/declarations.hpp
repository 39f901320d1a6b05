// Declarations of parameters, ports and slots as values for --json.
#pragma once

#include "skein/graph.hpp"
#include "skein/operator_table.hpp"
#include "skein/role.hpp"
#include "skein/value.hpp"

namespace skein::tool {

[[nodiscard]] Object parameter(const ParameterSpec& spec);
[[nodiscard]] Object parameter(const GraphParameter& given);

[[nodiscard]] Object port(const PortSpec& spec);
[[nodiscard]] Object port(const GraphPort& given);
[[nodiscard]] Object port(const RolePort& given);

/// What an operator calls.
[[nodiscard]] Object callable(const PortSpec& spec);

[[nodiscard]] Object slot(const GraphSlot& given);

}  // namespace skein::tool
