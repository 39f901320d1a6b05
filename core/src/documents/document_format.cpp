#include "documents/commented_json.hpp"
#include "documents/graph_document.hpp"
#include "documents/json_reader.hpp"
#include "documents/key_order.hpp"
#include "skein/document.hpp"

namespace skein {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What a document says, in the form that two documents share when they say the same.
Value meaning(const Value& document, DocumentKind kind, Diagnostics& diagnostics) {
  if (kind == DocumentKind::graph) return write_graph(read_faulty_graph(document, diagnostics));
  return write_run(read_faulty_run(document, diagnostics));
}

/// Whether the new text says the same as the old one: a mistake of ours must not reach a file.
bool says_the_same(const std::string& text, const std::string& file, DocumentKind kind, const Value& meant) {
  Diagnostics found;
  const auto document = parse_json_tree(text, file, found);
  if (!document) return false;
  const Value says = meaning(*document, kind, found);
  return !found.has_errors() && says == meant;
}

}  // namespace

std::optional<std::string> format_document(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  Diagnostics found;
  const auto document = parse_json_tree(text, file, found);
  Value meant;
  if (document) meant = meaning(*document, document_kind(*document), found);
  if (found.has_errors()) {
    diagnostics.add(found);
    return std::nullopt;
  }
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  CommentedDocument tree = read_commented(text, *document);
  order_keys(tree.root, document_kind(*document));
  std::string formatted = write_commented(tree);
  if (says_the_same(formatted, file, document_kind(*document), meant)) return formatted;
  diagnostics.add({"not-formatted",
                   Severity::error,
                   {file, 1, 1},
                   "",
                   "the document could not be formatted without changing what it says; it stays as it is",
                   "",
                   "",
                   ""});
  return std::nullopt;
}

}  // namespace skein
