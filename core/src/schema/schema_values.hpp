// Parts of a JSON schema.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "skein/graph.hpp"
#include "skein/operator_table.hpp"
#include "skein/value.hpp"

namespace skein::schema {

/// {"$ref": "#/definitions/NAME"}
[[nodiscard]] Value reference(std::string_view definition);

/// {"propertyNames": {"enum": …}}: the condition that an object has no other keys. What is missing is only said then:
/// otherwise it may stand there misspelled.
[[nodiscard]] Object only_keys(const Object& properties);

/// An object that has these members and no others.
[[nodiscard]] Value closed_object(Object properties, const std::vector<std::string>& required = {});

/// A text that is one of these; names of the form plugin:name pass as well.
[[nodiscard]] Value one_of_names(const std::vector<std::string>& names, std::string description);

/// {"if": `key` is one of `names`, "then": `properties` have these schemas}
[[nodiscard]] Value when_named(std::string_view key, const std::vector<std::string>& names, Object properties,
                               const std::vector<std::string>& required = {});

/// Any of these; empty ones are left out.
[[nodiscard]] Value any_of(List alternatives);

[[nodiscard]] Value with_description(Value schema, std::string_view description);

/// The values of parameters: literals in their range, or expressions. Parameters without a default are required.
[[nodiscard]] Value parameters_schema(std::span<const ParameterSpec> parameters);
[[nodiscard]] Value parameters_schema(std::span<const GraphParameter> parameters);

/// The names of those without a default.
[[nodiscard]] std::vector<std::string> required_names(std::span<const ParameterSpec> parameters);
[[nodiscard]] std::vector<std::string> required_names(std::span<const GraphParameter> parameters);

}  // namespace skein::schema
