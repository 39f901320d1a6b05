#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
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
    "  skein check-plugin build/my_plugin.so --seconds 300\n"
    "Exit code 1: the plugin is refused, or one of its operators or problems breaks the contract. 2: a file cannot be\n"
    "read, or an argument is wrong.\n";

constexpr double most_seconds = 86400;
constexpr std::size_t most_threads = 4;  // that the contract speaks of

/// What was asked for.
struct Request {
  CommonOptions common;                       ///< the plugin to check is the first of its plugins
  std::chrono::duration<double> limit{60.0};  ///< for each child
};

/// A session that has loaded the plugin.
struct Loaded {
  const Request& request;
  const Session& session;
  const PluginReport& report;
};

/// Work on what was loaded, as a value.
using Check = Value (*)(const Loaded& loaded, const std::string& name);

std::string message_of(const Value& finding) {
  return finding.find("message")->text() + " [" + finding.find("code")->text() + "]";
}

Value finding_value(Severity severity, const std::string& code, const std::string& path, const std::string& message) {
  Diagnostics diagnostics;
  diagnostics.add({code, severity, {}, path, message, "", "", ""});
  return to_value(diagnostics);
}

/// The report of a plugin that was asked for; nullptr when none are loaded here.
const PluginReport* report_of(const Session& session, const std::string& file) {
  const std::vector<PluginReport>& reports = session.registry().plugin_reports();
  const auto found = std::ranges::find(reports, plugin_path(file), &PluginReport::file);
  return found == reports.end() ? nullptr : &*found;
}

/// What the plugin is and adds; findings say why it, or another one that was asked for, is refused.
Value check_loading(const Loaded& loaded, const std::string& /*name*/) {
  Diagnostics findings = loaded.report.findings;
  for (const std::string& file : loaded.request.common.plugins) {
    const PluginReport* other = report_of(loaded.session, file);
    if (other == nullptr || other == &loaded.report || other->state == PluginState::loaded) continue;
    for (Diagnostic finding : other->findings.items()) {
      if (finding.path.empty()) finding.path = file;
      findings.add(std::move(finding));
    }
  }
  Object details = plugin_entry(loaded.report).details;
  std::ranges::find(details, "findings", &Member::key)->value = to_value(findings);
  return details;
}

/// An operator by its contract; a graph by what the compiler says of it as it stands.
Value check_operator(const Loaded& loaded, const std::string& name) {
  Diagnostics diagnostics;
  const std::string qualified = loaded.report.name + ":" + name;
  if (const OperatorTable* table = loaded.session.registry().find_operator(qualified)) {
    check_contract(*table, {}, diagnostics);
  } else if (const auto graph = loaded.session.registry().find_graph(qualified)) {
    static_cast<void>(loaded.session.view(graph, diagnostics));
  }
  return to_value(diagnostics);
}

/// A number for each dimension; nothing where the problem publishes no such numbers.
std::vector<double> bound_of(const Problem& problem, std::string_view name) {
  const auto found = std::ranges::find(problem.published, name, &PublishedValue::name);
  if (found == problem.published.end()) return {};
  std::vector<double> bound = found->data;
  if (bound.size() == 1) bound.resize(problem.dimension, bound.front());
  const bool is_usable =
      bound.size() == problem.dimension && std::ranges::all_of(bound, [](double x) { return std::isfinite(x); });
  return is_usable ? bound : std::vector<double>();
}

/// Empty for a problem without bounds, whose evaluator is tried with what its ports declare.
std::vector<ContractDomain> bounds_of(const Problem& problem) {
  const std::vector<double> lower = bound_of(problem, "lower");
  const std::vector<double> upper = bound_of(problem, "upper");
  std::vector<ContractDomain> bounds;
  for (std::size_t i = 0; i < std::min(lower.size(), upper.size()); ++i) bounds.push_back({lower[i], upper[i]});
  return bounds;
}

/// The evaluator of an instance with default parameters, at points within the bounds.
Value check_problem(const Loaded& loaded, const std::string& name) {
  ProblemChoice choice;
  choice.name = loaded.report.name + ":" + name;
  Diagnostics diagnostics;
  const auto problem = loaded.session.make_problem(choice, diagnostics);
  if (problem == nullptr) {
    return finding_value(Severity::note, "contract-not-run", name,
                         "The problem cannot be made from its defaults alone, and was not evaluated.");
  }
  ContractInput input;
  input.dimensions = {problem->dimension};
  input.objectives = problem->objectives.size();
  if (auto bounds = bounds_of(*problem); !bounds.empty()) input.cell_domains["position"] = std::move(bounds);
  check_contract(*problem->evaluator, input, diagnostics);
  return to_value(diagnostics);
}

/// Loads the plugin in a child process and does the check there.
Value in_child(const Request& request, Check check, const std::string& name) {
  const ChildOutcome outcome = run_in_child(
      [&] {
        const ThreadLimit limit(most_threads);  // also on a machine with fewer cores
        Diagnostics diagnostics;
        const Session session = open_session(request.common, diagnostics);
        const PluginReport* report = report_of(session, request.common.plugins.front());
        if (report == nullptr) return write_json(to_value(diagnostics));
        return write_json(check({request, session, *report}, name));
      },
      request.limit);
  const std::string end = outcome.describe(request.limit);
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

bool is_error(const Value& finding) { return finding.find("severity")->text() == "error"; }

bool has_errors(const List& findings) { return std::ranges::any_of(findings, is_error); }

/// Whether there was nothing to check.
bool is_wrong_input(const List& findings) {
  return std::ranges::any_of(findings, [](const Value& finding) {
    const std::string& code = finding.find("code")->text();
    return is_error(finding) && (code == "unreadable-plugin" || code == "bad-argument");
  });
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

Verdict check_parts(const Value& plugin, const Request& request) {
  Verdict verdict;
  verdict.add("loading", *plugin.find("findings"));
  if (plugin.find("state")->text() != "loaded") return verdict;
  for (const std::string& name : names_in(plugin, "operators")) {
    verdict.add("operator " + name, in_child(request, check_operator, name));
  }
  for (const std::string& name : names_in(plugin, "algorithms")) {
    verdict.add("algorithm " + name, in_child(request, check_operator, name));
  }
  for (const std::string& name : names_in(plugin, "problems")) {
    verdict.add("problem " + name, in_child(request, check_problem, name));
  }
  return verdict;
}

std::optional<std::chrono::duration<double>> read_seconds(const std::string& text, Diagnostics& diagnostics) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  if (is_number && seconds > 0 && seconds <= most_seconds) return std::chrono::duration<double>(seconds);
  diagnostics.add(bad_argument(fmt::format("--seconds must be a number above 0 and at most {}", most_seconds), "",
                               "'" + text + "'"));
  return std::nullopt;
}

}  // namespace

int check_plugin_verb(const Arguments& arguments) {
  Request request;
  CommonOptions& common = request.common;
  std::string file;
  std::string seconds;
  CommandLine line("check-plugin", "Loads a plugin in a child process and tests what it adds.", examples);
  line.add_argument("FILE", file, "a plugin (*.so)");
  line.add_text("--seconds", seconds, "N",
                "how long loading the plugin, or testing one operator or problem, may take: 60 unless given");
  line.add_plugins(common);
  line.add_json(common);
  if (const auto code = line.parse(arguments)) return *code;
  if (line.has("--seconds")) {
    Diagnostics diagnostics;
    const auto limit = read_seconds(seconds, diagnostics);
    if (!limit) return refuse(diagnostics, common.json);
    request.limit = *limit;
  }

  common.plugins.insert(common.plugins.begin(), file);
  Value plugin = in_child(request, check_loading, "");
  if (plugin.is_list()) {  // there is no report: it took the child with it, or no plugins are loaded here
    Object crashed;
    add(crashed, "name", file);
    add(crashed, "state", "refused");
    add(crashed, "findings", plugin);
    plugin = std::move(crashed);
  }
  const Verdict verdict = check_parts(plugin, request);
  Object result = plugin.object();
  std::erase_if(result, [](const Member& member) { return member.key == "findings"; });
  add(result, "findings", verdict.findings);
  const std::string heading = plugin.find("name")->text() + ": " + plugin.find("state")->text() + "\n";
  const bool printed = print(common.json ? write_json(Value(result)) : heading + verdict.text);
  if (is_wrong_input(verdict.findings)) return exit_wrong_input;
  return has_errors(verdict.findings) || !printed ? exit_failed : exit_done;
}

}  // namespace skein::tool
