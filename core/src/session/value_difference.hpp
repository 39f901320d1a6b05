// Where two values differ.
#pragma once

#include <optional>
#include <string>

#include "skein/value.hpp"

namespace skein {

/// The first place where two documents differ, and what each says there: texts in JSON, "nothing" for what is not
/// there.
struct ValueDifference {
  std::string path;  ///< "problem.parameters.dimension"
  std::string first;
  std::string second;
};

/// Nothing where they are equal. The order of members does not count. `path` is that of the values themselves.
[[nodiscard]] std::optional<ValueDifference> value_difference(const Value& first, const Value& second,
                                                              const std::string& path);

}  // namespace skein
