// What the readers of documents share: findings, paths, and the parts that stand in more than one place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/object_reader.hpp"
#include "skein/diagnostic.hpp"
#include "skein/type.hpp"
#include "skein/value.hpp"

namespace skein {

/// An error without the optional fields.
[[nodiscard]] Diagnostic finding(std::string code, const SourceLocation& where, std::string path, std::string message);

/// `wrong-type`: "`what` must be `expected`, not a list".
[[nodiscard]] Diagnostic wrong_type_finding(const Value& value, const std::string& path, const std::string& what,
                                            std::string expected);

/// "line 3, column 14"; the file alone when there is no line; empty when there is neither.
[[nodiscard]] std::string describe_place(const SourceLocation& where);

/// "nodes/move"; the key alone below the root.
[[nodiscard]] std::string join_path(const std::string& path, std::string_view key);
[[nodiscard]] std::string join_path(const std::string& path, std::size_t index);

/// Whether the value is a text that starts with `=`.
[[nodiscard]] bool is_expression(const Value& value) noexcept;

/// The members of an object; none when `section` is null or no object, which is reported.
[[nodiscard]] const Object& members_of(const Value* section, const std::string& path, Diagnostics& diagnostics);

/// A type's text; reports `wrong-type` or `bad-type` and returns nothing otherwise.
[[nodiscard]] std::optional<TypeName> read_type(const Value& value, const std::string& path, Diagnostics& diagnostics);

/// Checks "format": "skein/1".
void read_format(ObjectReader& reader, Presence presence, Diagnostics& diagnostics);

/// "requires": plugins and version ranges.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_requirements(ObjectReader& reader,
                                                                                 Diagnostics& diagnostics);

/// Reports `conflicting-keys` at the second of two keys when the object has both.
void refuse_both(const Value& object, std::string_view a, std::string_view b, const std::string& path,
                 Diagnostics& diagnostics);

}  // namespace skein
