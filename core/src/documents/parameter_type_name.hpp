// The names of parameter types in documents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/operator_table.hpp"

namespace skein {

/// "boolean", "integer", "real", "text", "choice", "reals" or "any".
[[nodiscard]] std::string_view parameter_type_name(ParameterType type) noexcept;

[[nodiscard]] std::optional<ParameterType> parse_parameter_type(std::string_view name) noexcept;

[[nodiscard]] std::vector<std::string> parameter_type_names();

}  // namespace skein
