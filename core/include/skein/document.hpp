// Documents in canonical form: graphs and runs as values, texts in canonical layout.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/run_document.hpp"
#include "skein/value.hpp"

namespace skein {

/// The document of a graph or run: reading it gives an equal one, and writing that gives the same bytes.
[[nodiscard]] Value write_graph(const Graph& graph);
[[nodiscard]] Value write_run(const RunDocument& run);

/// The same document in canonical layout: the keys of the format in their fixed order and names in the author's order;
/// two spaces, one line for what fits in 110 columns and holds no comment; numbers and texts as write_json writes them.
/// Nothing is added or left out: comments stay with what they stand beside or above, and single blank lines between
/// entries are kept. Formatting the result gives the same bytes. Nothing, with all mistakes of form reported, when the
/// text is no right document; what its names mean is not asked.
[[nodiscard]] std::optional<std::string> format_document(std::string_view text, const std::string& file,
                                                         Diagnostics& diagnostics);

}  // namespace skein
