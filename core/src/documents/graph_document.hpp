// Graph documents: JSON text <-> Graph.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"
#include "skein/document.hpp"
#include "skein/graph.hpp"
#include "skein/run_document.hpp"
#include "skein/value.hpp"

namespace skein {

/// The graph in a document, or nothing when an error was found. Checks form only (keys, kinds, names, flow); what
/// names mean is the compiler's business.
[[nodiscard]] std::optional<Graph> read_graph(const Value& document, Diagnostics& diagnostics);
/// The same, but with errors what could be read of it, marked faulty: to look for further mistakes.
[[nodiscard]] Graph read_faulty_graph(const Value& document, Diagnostics& diagnostics);
[[nodiscard]] std::optional<Graph> read_graph_text(std::string_view text, const std::string& file,
                                                   Diagnostics& diagnostics);

[[nodiscard]] std::optional<RunDocument> read_run(const Value& document, Diagnostics& diagnostics);
[[nodiscard]] RunDocument read_faulty_run(const Value& document, Diagnostics& diagnostics);

/// Whether a document holds a graph ("graph": …) or a run ("run": …).
enum class DocumentKind { graph, run, neither };
[[nodiscard]] DocumentKind document_kind(const Value& document) noexcept;

/// `path=value` as `--set` takes it, applied to a run document before it is read: `algorithm.parameters.swarm_size=80`.
/// The value is JSON, or a text when it is no JSON. Missing objects on the way are made; a wrong path is reported.
bool set_in_document(Value& document, std::string_view assignment, Diagnostics& diagnostics);

}  // namespace skein
