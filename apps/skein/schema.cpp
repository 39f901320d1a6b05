#include "skein/schema.hpp"

#include "apps/skein/command_line.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "skein/json.hpp"
#include "skein/text_file.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples = "  skein schema --output skein.schema.json\n";

}  // namespace

int schema_verb(const Arguments& arguments) {
  std::string output;
  CommandLine line("schema", "Prints the JSON schema of documents, for editors: \"$schema\": \"./skein.schema.json\".",
                   examples);
  CommonOptions common;
  line.add_plugins(common);
  line.add_json(common);  // it is JSON anyway
  line.add_text("--output", output, "FILE", "a file to write instead of standard output");
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics diagnostics;
  const Session session = open_session(common, diagnostics);
  if (diagnostics.has_errors()) return refuse(diagnostics, common.json);
  print_diagnostics(diagnostics);
  const std::string text = write_json(document_schema(session.registry()));
  if (!line.has("--output")) return print_and_exit(text);
  if (!check_writable(output, diagnostics)) return refuse(diagnostics, false);
  if (write_file_atomically(output, text, diagnostics)) return exit_done;
  print_diagnostics(diagnostics);
  return exit_failed;
}

}  // namespace skein::tool
