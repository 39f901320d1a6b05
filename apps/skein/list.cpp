#include <fmt/format.h>

#include <algorithm>

#include "apps/skein/catalogue.hpp"
#include "apps/skein/command_line.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples =
    "  skein list\n"
    "  skein list problems\n"
    "  skein list operators --json\n";

/// Columns name, summary and plugin, with `indent` spaces in front.
std::string table(const std::vector<CatalogueEntry>& entries, std::size_t indent) {
  std::size_t name_width = 0;
  std::size_t summary_width = 0;
  for (const CatalogueEntry& entry : entries) {
    name_width = std::max(name_width, entry.name.size());
    summary_width = std::max(summary_width, entry.summary.size());
  }
  std::string text;
  for (const CatalogueEntry& entry : entries) {
    const bool is_plugin = entry.plugin == entry.name;
    text += fmt::format("{:{}}{:<{}}  ", "", indent, entry.name, name_width);
    text += is_plugin ? entry.summary + "\n" : fmt::format("{:<{}}  {}\n", entry.summary, summary_width, entry.plugin);
  }
  return text;
}

std::string tables(const std::vector<CatalogueSection>& sections) {
  if (sections.size() == 1) return table(sections.front().entries, 0);
  std::string text;
  for (const CatalogueSection& section : sections) {
    text += (text.empty() ? "" : "\n") + section.name + "\n" + table(section.entries, 2);
  }
  return text;
}

Value to_value(const std::vector<CatalogueSection>& sections) {
  List list;
  for (const CatalogueSection& section : sections) {
    for (const CatalogueEntry& entry : section.entries) list.emplace_back(entry.details);
  }
  return list;
}

/// Keeps the section of this name, or reports that there is none.
void choose(std::vector<CatalogueSection>& sections, const std::string& name, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  std::string expected;
  for (const CatalogueSection& section : sections) {
    names.push_back(section.name);
    expected += (expected.empty() ? "" : ", ") + section.name;
  }
  if (std::ranges::find(names, name) == names.end()) {
    diagnostics.add(bad_argument("there is no list of '" + name + "'", expected, "", nearest_name(name, names)));
    return;
  }
  std::erase_if(sections, [&name](const CatalogueSection& section) { return section.name != name; });
}

}  // namespace

int list_verb(const Arguments& arguments) {
  std::string kind;
  CommonOptions common;
  CommandLine line("list", "Shows what documents can name.", examples);
  line.app()
      .add_option("KIND", kind, "operators, roles, encodings, problems, algorithms or plugins; all unless given")
      ->type_name("");
  line.add_plugins(common);
  line.add_json(common);
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics diagnostics;
  const Session session = open_session(common, diagnostics);
  auto sections = catalogue(session.registry());
  if (line.has("KIND")) choose(sections, kind, diagnostics);
  if (diagnostics.has_errors()) return refuse(diagnostics, common.json);
  print_diagnostics(diagnostics);
  return print_and_exit(common.json ? write_json(to_value(sections)) : tables(sections));
}

}  // namespace skein::tool
