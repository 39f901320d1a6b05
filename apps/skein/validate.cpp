#include "apps/skein/command_line.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples =
    "  skein validate apps/examples/rastrigin.json\n"
    "  skein validate --json apps/examples/rastrigin.json\n";

}  // namespace

int validate_verb(const Arguments& arguments) {
  std::vector<std::string> documents;
  CommonOptions common;
  CommandLine line("validate", "Finds everything that is wrong with documents, without running them.", examples);
  line.add_arguments("DOC", documents, "run documents or graph documents");
  line.add_plugins(common);
  line.add_json(common);
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics all;
  const Session session = open_session(common, all);
  if (all.has_errors()) return refuse(all, common.json);
  std::string summary;
  for (const std::string& document : documents) {
    Diagnostics found;
    session.validate(document, found);
    summary += document + ": " + count_text(found) + "\n";
    all.add(std::move(found));
  }
  if (!common.json) print_diagnostics(all);
  const bool printed = print(common.json ? write_json(to_value(all)) : summary);
  if (all.has_errors()) return exit_wrong_input;
  return printed ? exit_done : exit_failed;
}

}  // namespace skein::tool
