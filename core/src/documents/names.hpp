// Names in documents: which texts are names, and names that must be given only once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"
#include "skein/value.hpp"

namespace skein {

/// Whether the text is of the form `[a-z][a-z0-9_]*`.
[[nodiscard]] bool is_name(std::string_view text) noexcept;

/// Whether the text is a name or `plugin:name`.
[[nodiscard]] bool is_reference(std::string_view text) noexcept;

/// Whether the text may name a node: not empty, no control character, none of `/ . = # [ ]`.
[[nodiscard]] bool is_node_name(std::string_view text) noexcept;

/// The name that comes nearest to a text: lower case, "_" for other characters. Empty when there is none.
[[nodiscard]] std::string as_name(std::string_view text);

/// Report `bad-name` unless the text is of that form.
bool check_name(const std::string& name, const SourceLocation& where, const std::string& path,
                Diagnostics& diagnostics);
bool check_node_name(const std::string& name, const SourceLocation& where, const std::string& path,
                     Diagnostics& diagnostics);

/// A text that is a name or `plugin:name`; reports `wrong-type` or `bad-name` and returns an empty text otherwise.
[[nodiscard]] std::string read_reference(const Value& value, const std::string& path, Diagnostics& diagnostics);

/// One namespace: remembers where each name was given.
class NameTable {
 public:
  /// `scope` tells what shares the namespace: "parameters, ports, variables and populations".
  explicit NameTable(std::string scope) : scope_(std::move(scope)) {}

  /// Reports `bad-name`, or `name-given-twice` with both places.
  void add(const std::string& name, const SourceLocation& where, const std::string& path, Diagnostics& diagnostics);

 private:
  struct Place {
    SourceLocation where;
    std::string path;
  };

  std::string scope_;
  std::map<std::string, Place, std::less<>> places_;
};

}  // namespace skein
