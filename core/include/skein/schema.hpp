// Schema: what editors complete and check documents with.
#pragma once

#include "skein/registry.hpp"
#include "skein/value.hpp"

namespace skein {

/// A JSON schema (draft-07) for graph and run documents, made from everything in the catalogue: names of operators,
/// graphs, problems, roles and algorithms with their parameters, ports, streams and slots. It is a help for writing;
/// what names mean in their place is for `skein validate` to say. Cost: proportional to the catalogue.
[[nodiscard]] Value document_schema(const Registry& registry);

}  // namespace skein
