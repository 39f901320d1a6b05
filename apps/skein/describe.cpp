#include <algorithm>

#include "apps/skein/catalogue.hpp"
#include "apps/skein/command_line.hpp"
#include "apps/skein/description.hpp"
#include "apps/skein/example.hpp"
#include "apps/skein/fitting.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "apps/skein/point_evaluator.hpp"
#include "skein/json.hpp"
#include "skein/missing_component.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples =
    "  skein describe inform_neighbors\n"
    "  skein describe particle_swarm --kind algorithm\n"
    "  skein describe operators:increment\n"
    "  skein describe plugin real_vector\n"
    "  skein describe rastrigin --json\n";

std::string category_of(const CatalogueEntry& entry) { return Value(entry.details).find("category")->text(); }

/// "role", "encoding", …: the sections of the catalogue in the singular.
std::vector<std::string> kinds(const std::vector<CatalogueSection>& sections) {
  std::vector<std::string> names;
  for (const CatalogueSection& section : sections) names.push_back(section.name.substr(0, section.name.size() - 1));
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

bool is_loaded(const CatalogueEntry& plugin) { return Value(plugin.details).find("state")->text() == "loaded"; }

/// All entries with this short or qualified name, of one kind unless `kind` is empty. A plugin is meant only where
/// nothing else has its name.
std::vector<const CatalogueEntry*> find(const std::vector<CatalogueSection>& sections, const std::string& name,
                                        const std::string& kind) {
  std::vector<const CatalogueEntry*> found;
  for (const CatalogueSection& section : sections) {
    for (const CatalogueEntry& entry : section.entries) {
      const bool is_meant = entry.name == name || entry.plugin + ":" + entry.name == name;
      if (!is_meant || (!kind.empty() && category_of(entry) != kind)) continue;
      if (section.name == "plugins" && !found.empty()) {
        // Of several plugins with one name at most one is loaded: the others are shown by `skein list plugins`.
        const bool is_better =
            category_of(*found.front()) == "plugin" && is_loaded(entry) && !is_loaded(*found.front());
        if (is_better) found.front() = &entry;
        continue;
      }
      found.push_back(&entry);
    }
  }
  return found;
}

void report_unknown(const std::vector<CatalogueSection>& sections, const std::string& name, const std::string& kind,
                    const Registry& registry, Diagnostics& diagnostics) {
  std::vector<std::string> known;
  std::vector<std::string> elsewhere;
  for (const CatalogueEntry* entry : find(sections, name, "")) elsewhere.push_back("--kind " + category_of(*entry));
  for (const CatalogueSection& section : sections) {
    for (const CatalogueEntry& entry : section.entries) {
      if (kind.empty() || category_of(entry) == kind) known.push_back(entry.name);
    }
  }
  const std::string what = kind.empty() ? "nothing" : "no " + kind;
  diagnostics.add(bad_argument("there is " + what + " with the name '" + name + "'",
                               elsewhere.empty() ? "a name that 'skein list' shows" : joined(elsewhere), "",
                               missing_component_hint(registry, name, known)));
}

void report_several(const std::vector<const CatalogueEntry*>& entries, const std::string& name,
                    Diagnostics& diagnostics) {
  std::vector<std::string> ways;
  for (const CatalogueEntry* entry : entries) {
    ways.push_back(entry->plugin + ":" + entry->name + " --kind " + category_of(*entry));
  }
  diagnostics.add(
      bad_argument("several things have the name '" + name + "': say which one is meant", "one of: " + joined(ways)));
}

/// As people see it; an empty list where it is not known.
Value best_known_solution(const std::shared_ptr<const Problem>& problem, const Session& session) {
  const std::vector<double>& numbers = problem->best_known_solution;
  const EncodingSpec* encoding = session.registry().find_encoding(problem->encoding);
  const bool is_written_otherwise = encoding != nullptr && encoding->read != nullptr && !numbers.empty();
  if (is_written_otherwise) {
    Diagnostics ignored;
    PointEvaluator evaluator(session, problem, {}, ignored);
    const Point point{numbers, {}};
    if (!ignored.has_errors() && evaluator.check(point, ignored)) return evaluator.shown(point);
  }
  return List(numbers.begin(), numbers.end());
}

/// What a problem is like with its defaults, or as in its example where something must be given.
Value instance_of(const std::string& problem, const Session& session) {
  Diagnostics ignored;
  ProblemChoice choice;
  choice.name = problem;
  choice.parameters = example_parameters(session.registry(), problem);
  const auto made = session.make_problem(choice, ignored);
  if (made == nullptr) return {};
  Object instance;
  add(instance, "dimension", std::uint64_t{made->dimension});
  List objectives;
  for (const Objective& objective : made->objectives) {
    Object item;
    add(item, "name", objective.name);
    add(item, "sense", objective.sense == Sense::minimize ? "minimize" : "maximize");
    objectives.emplace_back(std::move(item));
  }
  add(instance, "objectives", std::move(objectives));
  for (const PublishedValue& value : made->published) {
    add(instance, value.name, List(value.data.begin(), value.data.end()));
  }
  add(instance, "best_known", made->best_known ? Value(*made->best_known) : Value());
  add(instance, "best_known_solution", best_known_solution(made, session));
  return instance;
}

/// `problem`: of an algorithm, what its example is to solve.
Value details_of(const CatalogueEntry& entry, const Session& session, const std::string& problem) {
  Object details = entry.details;
  if (category_of(entry) == "problem") {
    const std::string qualified = entry.plugin + ":" + entry.name;
    if (Object given = example_parameters(session.registry(), qualified); !given.empty()) {
      add(details, "example_parameters", std::move(given));
    }
    add(details, "instance", instance_of(qualified, session));
  }
  const auto example = example_of(entry, session, problem);
  add(details, "example", example ? example->part : Value());
  add(details, "example_document", example ? example->document : Value());
  return details;
}

}  // namespace

int describe_verb(const Arguments& arguments) {
  std::string name;
  std::string kind;
  CommonOptions common;
  CommandLine line("describe", "Says all about what documents can name, with an example.", examples);
  std::vector<std::string> words;
  line.add_arguments("NAME", words, "name, also as plugin:name; in front of it may stand its kind: plugin real_vector",
                     2);
  std::string problem;
  line.add_text("--problem", problem, "NAME",
                "of an algorithm: what fits its slots on this problem, and what does not");
  line.add_text("--kind", kind, "KIND", "operator, role, encoding, problem, transform, algorithm or plugin");
  line.add_plugins(common);
  line.add_json(common);
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics diagnostics;
  name = words.back();
  if (words.size() == 2 && line.has("--kind")) {
    diagnostics.add(bad_argument("the kind is given twice", "one of them", words.front() + " and --kind " + kind));
  } else if (words.size() == 2) {
    kind = words.front();
  }
  const Session session = open_session(common, diagnostics);
  const auto sections = catalogue(session.registry());
  const auto known_kinds = kinds(sections);
  if (!kind.empty() && std::ranges::find(known_kinds, kind) == known_kinds.end()) {
    diagnostics.add(
        bad_argument("there is no kind '" + kind + "'", joined(known_kinds), "", nearest_name(kind, known_kinds)));
    return refuse(diagnostics, common.json);
  }
  const auto found = find(sections, name, kind);
  if (found.empty()) report_unknown(sections, name, kind, session.registry(), diagnostics);
  if (found.size() > 1) report_several(found, name, diagnostics);
  Value fitting;
  if (!problem.empty() && found.size() == 1) {
    if (category_of(*found.front()) == "algorithm") {
      fitting = fitting_value(session, found.front()->plugin + ":" + found.front()->name, problem, diagnostics);
    } else {
      diagnostics.add(bad_argument("--problem goes with an algorithm, and '" + name + "' is none",
                                   "the name of an algorithm", category_of(*found.front()) + " " + name));
    }
  }
  if (diagnostics.has_errors()) return refuse(diagnostics, common.json);
  print_diagnostics(diagnostics);
  Object details = details_of(*found.front(), session, problem).object();
  if (!problem.empty()) {
    add(details, "problem", problem);
    if (Object given = example_parameters(session.registry(), problem); !given.empty()) {
      add(details, "problem_parameters", std::move(given));
    }
    add(details, "choices", std::move(fitting));
  }
  return print_and_exit(common.json ? write_json(details) : description_text(details));
}

}  // namespace skein::tool
