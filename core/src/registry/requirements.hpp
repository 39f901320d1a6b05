// The plugins that a document or graph requires.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/registry.hpp"

namespace skein {

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
