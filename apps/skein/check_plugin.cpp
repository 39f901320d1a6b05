#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "apps/skein/catalogue.hpp"
#include "apps/skein/command_line.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "skein/child_process.hpp"
#include "skein/contract.hpp"
#include "skein/json.hpp"
#include "skein/thread_limit.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples =
    "  skein check-plugin build/my_plugin.so\n"
    "Exit code 1: the plugin is refused, or one of its operators or problems breaks the contract.\n";

constexpr std::chrono::seconds time_limit{60};
constexpr std::size_t most_threads = 4;  // that the contract speaks of

/// Work on a session that has loaded the plugin, as a value.
using Check = Value (*)(const Session& session, const PluginReport& report, const std::string& name);

std::string message_of(const Value& finding) {
  return finding.find("message")->text() + " [" + finding.find("code")->text() + "]";
}

/// As reports name it.
std::string path_of(const std::string& file) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::canonical(file, error);
  return error ? std::filesystem::absolute(file).string() : path.string();
}

Value finding_value(Severity severity, const std::string& code, const std::string& path, const std::string& message) {
  Diagnostics diagnostics;
  diagnostics.add({code, severity, {}, path, message, "", "", ""});
  return to_value(diagnostics);
}

/// What the plugin is and adds; findings say why it is refused.
Value check_loading(const Session& session, const PluginReport& report, const std::string& /*name*/) {
  const std::vector<CatalogueSection> sections = catalogue(session.registry());
  for (const CatalogueEntry& entry : sections.back().entries) {
    const auto file = std::ranges::find(entry.details, "file", &Member::key);
    if (file->value.text() == report.file) return entry.details;
  }
  return {};
}

/// An operator by its contract; a graph by what the compiler says of it as it stands.
Value check_operator(const Session& session, const PluginReport& report, const std::string& name) {
  Diagnostics diagnostics;
  const std::string qualified = report.name + ":" + name;
  if (const OperatorTable* table = session.registry().find_operator(qualified)) {
    check_contract(*table, {}, diagnostics);
  } else if (const auto graph = session.registry().find_graph(qualified)) {
    static_cast<void>(session.view(graph, diagnostics));
  }
  return to_value(diagnostics);
}

/// The evaluator of an instance with default parameters, at points within the bounds.
Value check_problem(const Session& session, const PluginReport& report, const std::string& name) {
  ProblemChoice choice;
  choice.name = report.name + ":" + name;
  Diagnostics diagnostics;
  const auto problem = session.make_problem(choice, diagnostics);
  if (problem == nullptr) {
    return finding_value(Severity::note, "contract-not-run", name,
                         "The problem cannot be made from its defaults alone, and was not evaluated.");
  }
  ContractInput input;
  input.dimensions = {problem->dimension};
  for (const PublishedValue& value : problem->published) {
    if (value.data.empty()) continue;
    if (value.name == "lower") input.domains["position"].low = *std::ranges::max_element(value.data);
    if (value.name == "upper") input.domains["position"].high = *std::ranges::min_element(value.data);
  }
  check_contract(*problem->evaluator, input, diagnostics);
  return to_value(diagnostics);
}

/// Loads the plugin in a child process and does the check there.
Value in_child(const CommonOptions& given, Check check, const std::string& name) {
  const ChildOutcome outcome = run_in_child(
      [&] {
        const ThreadLimit limit(most_threads);  // also on a machine with fewer cores
        Diagnostics diagnostics;
        const Session session = open_session(given, diagnostics);
        const std::vector<PluginReport>& reports = session.registry().plugin_reports();
        const auto report = std::ranges::find(reports, path_of(given.plugins.front()), &PluginReport::file);
        if (report == reports.end()) return write_json(to_value(diagnostics));
        return write_json(check(session, *report, name));
      },
      time_limit);
  const std::string end = outcome.describe(time_limit);
  if (!end.empty())
    return finding_value(Severity::error, "plugin-crashes", name,
                         "The plugin " + end + "." + (outcome.said.empty() ? "" : " It said: " + outcome.said));
  Diagnostics ignored;
  if (auto value = parse_json(outcome.text, "child", ignored)) return *std::move(value);
  return finding_value(Severity::error, "plugin-crashes", name, "The plugin disturbed the process that tried it.");
}

std::vector<std::string> names_in(const Value& plugin, std::string_view key) {
  std::vector<std::string> names;
  if (const Value* list = plugin.find(key)) {
    for (const Value& name : list->list()) names.push_back(name.text());
  }
  return names;
}

bool has_errors(const List& findings) {
  return std::ranges::any_of(findings,
                             [](const Value& finding) { return finding.find("severity")->text() == "error"; });
}

/// Lines for a person, and the findings of everything that was checked.
struct Verdict {
  std::string text;
  List findings;

  void add(const std::string& what, const Value& found) {
    const List& list = found.list();
    text += "  " + what + (has_errors(list) ? ": broken\n" : list.empty() ? ": fine\n" : ":\n");
    for (const Value& finding : list) {
      const std::string& path = finding.find("path")->text();
      text += "    " + finding.find("severity")->text() + ": " + (path.empty() ? "" : path + ": ") +
              message_of(finding) + "\n";
      for (const char* key : {"expected", "found", "suggestion"}) {
        const std::string& more = finding.find(key)->text();
        if (!more.empty()) text += "      " + std::string(key) + ": " + more + "\n";
      }
    }
    std::ranges::copy(list, std::back_inserter(findings));
  }
};

Verdict check_parts(const Value& plugin, const CommonOptions& given) {
  Verdict verdict;
  verdict.add("loading", *plugin.find("findings"));
  if (plugin.find("state")->text() != "loaded") return verdict;
  for (const std::string& name : names_in(plugin, "operators")) {
    verdict.add("operator " + name, in_child(given, check_operator, name));
  }
  for (const std::string& name : names_in(plugin, "algorithms")) {
    verdict.add("algorithm " + name, in_child(given, check_operator, name));
  }
  for (const std::string& name : names_in(plugin, "problems")) {
    verdict.add("problem " + name, in_child(given, check_problem, name));
  }
  return verdict;
}

}  // namespace

int check_plugin_verb(const Arguments& arguments) {
  CommonOptions given;
  std::string file;
  CommandLine line("check-plugin", "Loads a plugin in a child process and tests what it adds.", examples);
  line.app().add_option("FILE", file, "a plugin (*.so)")->required()->type_name("");
  line.add_plugins(given);
  line.add_json(given);
  if (const auto code = line.parse(arguments)) return *code;

  given.plugins.insert(given.plugins.begin(), file);
  Value plugin = in_child(given, check_loading, "");
  if (plugin.is_list()) {  // it took the child with it
    Object crashed;
    add(crashed, "name", file);
    add(crashed, "state", "refused");
    add(crashed, "findings", plugin);
    plugin = std::move(crashed);
  }
  const Verdict verdict = check_parts(plugin, given);
  Object result = plugin.object();
  std::erase_if(result, [](const Member& member) { return member.key == "findings"; });
  add(result, "findings", verdict.findings);
  const std::string heading = plugin.find("name")->text() + ": " + plugin.find("state")->text() + "\n";
  const bool printed = print(given.json ? write_json(Value(result)) : heading + verdict.text);
  return has_errors(verdict.findings) || !printed ? exit_failed : exit_done;
}

}  // namespace skein::tool
