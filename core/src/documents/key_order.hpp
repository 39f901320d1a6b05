// The order in which documents name the keys of the format.
#pragma once

#include "documents/commented_json.hpp"
#include "documents/graph_document.hpp"

namespace skein {

/// Puts the keys of the format in order, everywhere in a document without errors. What authors name (nodes, parameters,
/// variables, …) stays in their order.
void order_keys(CommentedJson& document, DocumentKind kind);

}  // namespace skein
