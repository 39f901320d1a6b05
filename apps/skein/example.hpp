// Examples: how a document names an entry of the catalogue.
#pragma once

#include <optional>
#include <string>

#include "apps/skein/catalogue.hpp"
#include "skein/session.hpp"
#include "skein/value.hpp"

namespace skein::tool {

struct Example {
  Value part;      ///< what names the entry: a node, a filling of slots, an algorithm, a problem
  Value document;  ///< the smallest document around it
};

/// Nothing for an entry that documents do not name, such as an encoding, or for which nothing loaded makes a whole. An
/// algorithm is shown with this problem, or where none is named with the first one that suits it.
[[nodiscard]] std::optional<Example> example_of(const CatalogueEntry& entry, const Session& session,
                                                const std::string& problem = "");

/// The parameters that the problem's author gives as an example, because not all have defaults; else none.
[[nodiscard]] Object example_parameters(const Registry& registry, const std::string& problem);

/// A node with this component and the smallest graph around it, which has everything as a port that the node needs.
/// `details` are those of the catalogue for what the node stands for.
[[nodiscard]] Example example_node(const Object& details);

}  // namespace skein::tool
