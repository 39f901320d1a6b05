#include <algorithm>
#include <optional>

#include "apps/skein/command_line.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "skein/document.hpp"
#include "skein/json.hpp"
#include "skein/text_file.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples =
    "  skein fmt --check apps/examples/rastrigin.json\n"
    "  skein fmt --stdout apps/examples/random_search.json\n"
    "  cat apps/examples/rastrigin.json | skein fmt -\n"
    "Exit code 1: --check found a document that is not canonical, or a file could not be written.\n";

struct FormatArguments {
  std::vector<std::string> documents;
  CommonOptions common;
  bool check = false;
  bool to_output = false;
};

/// What became of one document.
struct Formatted {
  std::string name;
  std::optional<std::string> text;  ///< in canonical form; nothing when the document is wrong
  bool was_canonical = false;
  bool was_written = false;
  bool failed = false;  ///< it could not be written
  Diagnostics diagnostics;
};

Formatted format(const std::string& document, const FormatArguments& given) {
  const std::string file = document == "-" ? "/dev/stdin" : document;
  Formatted result;
  result.name = document;
  const auto text = read_text_file(file, result.diagnostics);
  const std::string shown = document == "-" ? "standard input" : document;
  if (text) result.text = format_document(*text, shown, result.diagnostics);
  result.was_canonical = result.text && *result.text == *text;
  if (!result.text || result.was_canonical || given.check || given.to_output) return result;
  result.was_written = write_file_atomically(file, *result.text, result.diagnostics);
  result.failed = !result.was_written;
  return result;
}

std::string summary(const Formatted& result) {
  if (result.was_written) return result.name + ": rewritten\n";
  if (!result.text) return result.name + ": not touched, " + count_text(result.diagnostics) + "\n";
  if (result.failed) return result.name + ": could not be written\n";
  return result.name + (result.was_canonical ? ": canonical\n" : ": not canonical\n");
}

Value value_of(const Formatted& result, const FormatArguments& given) {
  Object object;
  add(object, "name", result.name);
  add(object, "canonical", result.was_canonical);
  add(object, "rewritten", result.was_written);
  add(object, "diagnostics", to_value(result.diagnostics));
  if (given.to_output) add(object, "text", result.text ? Value(*result.text) : Value());
  return object;
}

void check_arguments(FormatArguments& given, Diagnostics& diagnostics) {
  const bool reads_input = std::ranges::find(given.documents, "-") != given.documents.end();
  if (given.check && given.to_output) {
    diagnostics.add(bad_argument("--check and --stdout cannot be given together", "one of them"));
  }
  given.to_output = given.to_output || (reads_input && !given.check);
  if (given.documents.size() > 1 && (given.to_output || reads_input)) {
    diagnostics.add(bad_argument("standard output takes one document", "one document",
                                 counted(given.documents.size(), "document")));
  }
}

int exit_code(const std::vector<Formatted>& results, const FormatArguments& given) {
  int code = exit_done;
  for (const Formatted& result : results) {
    if (!result.text) return exit_wrong_input;
    if (result.failed || (given.check && !result.was_canonical)) code = exit_failed;
  }
  return code;
}

}  // namespace

int fmt_verb(const Arguments& arguments) {
  FormatArguments given;
  CommandLine line("fmt", "Rewrites run documents and graph documents in canonical form; comments are kept.", examples);
  line.add_arguments("DOC", given.documents, "documents; - is standard input");
  line.add_flag("--check", given.check, "writes nothing, and says which documents are not canonical");
  line.add_flag("--stdout", given.to_output, "prints the one document instead of rewriting its file");
  line.add_json(given.common);
  if (const auto code = line.parse(arguments)) return *code;
  Diagnostics diagnostics;
  check_arguments(given, diagnostics);
  if (diagnostics.has_errors()) return refuse(diagnostics, given.common.json);

  std::vector<Formatted> results;
  List list;
  std::string text;
  for (const std::string& document : given.documents) {
    const Formatted& result = results.emplace_back(format(document, given));
    list.push_back(value_of(result, given));
    text += given.to_output ? result.text.value_or("") : summary(result);
    diagnostics.add(result.diagnostics);
  }
  if (!given.common.json) print_diagnostics(diagnostics);
  const bool printed = print(given.common.json ? write_json(list) : text);
  const int code = exit_code(results, given);
  return code == exit_done && !printed ? exit_failed : code;
}

}  // namespace skein::tool
