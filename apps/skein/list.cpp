#include <fmt/format.h>

#include <algorithm>
#include <string_view>

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

std::string member(const CatalogueEntry& entry, std::string_view key) {
  const auto found = std::ranges::find(entry.details, key, &Member::key);
  return found != entry.details.end() && found->value.is_text() ? found->value.text() : "";
}

/// "53 operators, 9 roles".
std::string content_text(const CatalogueEntry& entry) {
  std::string text;
  for (std::string key : {"operators", "roles", "encodings", "problems", "algorithms", "object_types"}) {
    const auto found = std::ranges::find(entry.details, key, &Member::key);
    if (found == entry.details.end()) continue;
    std::ranges::replace(key, '_', ' ');
    text += (text.empty() ? "" : ", ") + counted(found->value.list().size(), key.substr(0, key.size() - 1));
  }
  return text;
}

/// Name, version, state, what it adds, and below a refused one the reasons.
std::string plugin_table(const std::vector<CatalogueEntry>& entries, std::size_t indent) {
  std::size_t name_width = 0;
  std::size_t version_width = 0;
  for (const CatalogueEntry& entry : entries) {
    name_width = std::max(name_width, entry.name.size());
    version_width = std::max(version_width, member(entry, "version").size());
  }
  std::string text;
  for (const CatalogueEntry& entry : entries) {
    text += fmt::format("{:{}}{:<{}}  {:<{}}  {:<7}  {}\n", "", indent, entry.name, name_width,
                        member(entry, "version"), version_width, member(entry, "state"), content_text(entry));
    text.erase(text.find_last_not_of(" \n") + 1);
    text += '\n';
    if (member(entry, "state") == "loaded") continue;
    text += fmt::format("{:{}}  {}\n", "", indent, member(entry, "file"));
    const auto findings = std::ranges::find(entry.details, "findings", &Member::key);
    for (const Value& finding : findings->value.list()) {
      text +=
          fmt::format("{:{}}  {} [{}]\n", "", indent, finding.find("message")->text(), finding.find("code")->text());
    }
  }
  return text;
}

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
    text += fmt::format("{:{}}{:<{}}  {:<{}}  {}\n", "", indent, entry.name, name_width, entry.summary, summary_width,
                        entry.plugin);
  }
  return text;
}

std::string table(const CatalogueSection& section, std::size_t indent) {
  return section.name == "plugins" ? plugin_table(section.entries, indent) : table(section.entries, indent);
}

std::string tables(const std::vector<CatalogueSection>& sections) {
  if (sections.size() == 1) return table(sections.front(), 0);
  std::string text;
  for (const CatalogueSection& section : sections) {
    text += (text.empty() ? "" : "\n") + section.name + "\n" + table(section, 2);
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
  line.add_optional_argument(
      "KIND", kind, "operators, roles, encodings, problems, transforms, algorithms or plugins; all unless given");
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
