// Catalogue: what a registry holds, as values for --json and as rows of a table.
#pragma once

#include <string>
#include <vector>

#include "skein/registry.hpp"
#include "skein/value.hpp"

namespace skein::tool {

/// One entry: `details` is an object with `name`, `plugin`, `category`, `summary` and what the category has more.
struct CatalogueEntry {
  std::string name;
  std::string summary;
  std::string plugin;
  Object details;
};

/// A part of the catalogue: "operators", with its entries.
struct CatalogueSection {
  std::string name;
  std::vector<CatalogueEntry> entries;
};

/// All parts, in the order operators, roles, encodings, problems, transforms, algorithms, plugins. Graphs that are no
/// whole algorithms are operators.
[[nodiscard]] std::vector<CatalogueSection> catalogue(const Registry& registry);

}  // namespace skein::tool
