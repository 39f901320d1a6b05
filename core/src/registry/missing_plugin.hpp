// What is to be said when something is missing that a plugin would bring.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/registry.hpp"

namespace skein {

/// What to say of a component that was not found: who brings it ("plugin 'x' would bring it, but was refused: …"), else
/// the nearest of the names that could have been meant. Empty when there is neither.
[[nodiscard]] std::string missing_component_hint(const Registry& registry, std::string_view component,
                                                 std::span<const std::string> known = {});

/// Where a document or graph says `requires`.
struct RequirementOwner {
  std::string name;  ///< "The document", "Graph 'x'"
  std::string path;  ///< of "requires"
  SourceLocation where;
};

/// Reports `missing-plugin` for each plugin that is not loaded or not of a version that will do, and `bad-version` for
/// a range that is none.
void check_requirements(const Registry& registry, const std::vector<std::pair<std::string, std::string>>& requirements,
                        const RequirementOwner& owner, Diagnostics& diagnostics);

}  // namespace skein
