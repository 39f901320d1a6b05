#include "skein/registry.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "documents/findings.hpp"
#include "documents/graph_document.hpp"
#include "documents/names.hpp"
#include "documents/utf8.hpp"
#include "plugin/version.hpp"
#include "registry/shelf.hpp"
#include "registry/specification_check.hpp"

namespace skein {

struct Registry::Catalogue {
  std::string plugin = "host";
  std::vector<std::string> plugins;
  std::map<std::string, Reproducibility, std::less<>> reproducibility;
  Shelf<const OperatorTable*> operators;
  Shelf<std::shared_ptr<const Graph>> graphs;
  Shelf<std::unique_ptr<RoleSpec>> roles;
  Shelf<std::unique_ptr<EncodingSpec>> encodings;
  Shelf<std::unique_ptr<ProblemSpec>> problems;
  Shelf<ObjectFactory> object_types;
  std::vector<PluginReport> reports;
  Diagnostics diagnostics;

  [[nodiscard]] std::string qualified(std::string_view name) const { return plugin + ":" + std::string(name); }
  void note_plugin(const std::string& name);
  void report_twice(std::string_view kind, std::string_view name, const SourceLocation& where);
  template <class Content>
  void put(Shelf<Content>& shelf, std::string_view kind, const std::string& name, Content content,
           const SourceLocation& where = {});
  template <class Content>
  void take(Shelf<Content>& shelf, std::string_view kind, Shelf<Content> staged);

  [[nodiscard]] bool has_plugin(std::string_view name) const {
    return std::ranges::find(plugins, name) != plugins.end();
  }

  [[nodiscard]] bool holds_component(const std::string& qualified_name) const {
    return operators.contains(qualified_name) || graphs.contains(qualified_name);
  }
};

void Registry::Catalogue::note_plugin(const std::string& name) {
  if (!has_plugin(name)) plugins.push_back(name);
}

void Registry::Catalogue::report_twice(std::string_view kind, std::string_view name, const SourceLocation& where) {
  Diagnostic diagnostic =
      finding("name-given-twice", where, qualified(name),
              "the plugin " + in_quotes(plugin) + " already has " + std::string(kind) + " named " + in_quotes(name));
  diagnostic.expected = "each name once in a plugin";
  diagnostics.add(std::move(diagnostic));
}

template <class Content>
void Registry::Catalogue::put(Shelf<Content>& shelf, std::string_view kind, const std::string& name, Content content,
                              const SourceLocation& where) {
  const bool is_component = static_cast<const void*>(&shelf) == static_cast<const void*>(&operators) ||
                            static_cast<const void*>(&shelf) == static_cast<const void*>(&graphs);
  const std::string qualified_name = qualified(name);
  if (is_component ? holds_component(qualified_name) : shelf.contains(qualified_name)) {
    report_twice(is_component ? "an operator or graph" : kind, name, where);
    return;
  }
  note_plugin(plugin);
  shelf.add(plugin, name, std::move(content));
}

template <class Content>
void Registry::Catalogue::take(Shelf<Content>& shelf, std::string_view kind, Shelf<Content> staged) {
  for (Registered<Content>& entry : std::move(staged).take_entries()) {
    plugin = entry.plugin;
    put(shelf, kind, entry.name, std::move(entry.content));
  }
}

Registry::Registry() : catalogue_(std::make_unique<Catalogue>()) {}
Registry::~Registry() = default;
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;

void Registry::begin_plugin(std::string name, Reproducibility reproducibility) {
  check_name(name, {}, name, catalogue_->diagnostics);
  catalogue_->note_plugin(name);
  catalogue_->reproducibility.insert_or_assign(name, reproducibility);
  catalogue_->plugin = std::move(name);
}

Reproducibility Registry::reproducibility(std::string_view plugin) const {
  const auto found = catalogue_->reproducibility.find(plugin);
  return found == catalogue_->reproducibility.end() ? Reproducibility::one_machine : found->second;
}

void Registry::add(const OperatorTable& table) {
  const bool is_readable = table.struct_size == sizeof(OperatorTable);
  const std::string name(is_readable ? table.name : std::string_view("operator"));
  if (!check_operator(table, catalogue_->qualified(name), catalogue_->diagnostics)) return;
  catalogue_->put(catalogue_->operators, "an operator", name, &table);
}

void Registry::add(RoleSpec role) {
  if (!check_role(role, catalogue_->qualified(role.name), catalogue_->diagnostics)) return;
  auto owned = std::make_unique<RoleSpec>(std::move(role));
  const std::string name = owned->name;
  catalogue_->put(catalogue_->roles, "a role", name, std::move(owned));
}

void Registry::add(EncodingSpec encoding) {
  if (!check_encoding(encoding, catalogue_->qualified(encoding.name), catalogue_->diagnostics)) return;
  auto owned = std::make_unique<EncodingSpec>(std::move(encoding));
  const std::string name = owned->name;
  catalogue_->put(catalogue_->encodings, "an encoding", name, std::move(owned));
}

void Registry::add(ProblemSpec problem) {
  if (!check_problem(problem, catalogue_->qualified(problem.name), catalogue_->diagnostics)) return;
  auto owned = std::make_unique<ProblemSpec>(std::move(problem));
  const std::string name = owned->name;
  catalogue_->put(catalogue_->problems, "a problem", name, std::move(owned));
}

void Registry::add(Graph graph) {
  if (!check_name(graph.name, graph.where, catalogue_->qualified(graph.name), catalogue_->diagnostics)) return;
  graph.plugin = catalogue_->plugin;
  auto shared = std::make_shared<const Graph>(std::move(graph));
  catalogue_->put<std::shared_ptr<const Graph>>(catalogue_->graphs, "a graph", shared->name, shared, shared->where);
}

void Registry::add_object_type(const std::string& name, ObjectFactory factory) {
  if (!check_name(name, {}, catalogue_->qualified(name), catalogue_->diagnostics)) return;
  catalogue_->put(catalogue_->object_types, "an object type", name, factory);
}

void Registry::add_graph_document(std::string_view text, const std::string& file) {
  std::optional<Graph> graph = read_graph_text(text, file, catalogue_->diagnostics);
  if (graph) add(*std::move(graph));
}

void Registry::merge(Registry staged) {
  const std::string plugin = catalogue_->plugin;
  Catalogue& other = *staged.catalogue_;
  for (const std::string& name : other.plugins) catalogue_->note_plugin(name);
  for (const auto& [name, tier] : other.reproducibility) catalogue_->reproducibility.insert_or_assign(name, tier);
  catalogue_->diagnostics.add(std::move(other.diagnostics));
  catalogue_->take(catalogue_->operators, "an operator", std::move(other.operators));
  catalogue_->take(catalogue_->graphs, "a graph", std::move(other.graphs));
  catalogue_->take(catalogue_->roles, "a role", std::move(other.roles));
  catalogue_->take(catalogue_->encodings, "an encoding", std::move(other.encodings));
  catalogue_->take(catalogue_->problems, "a problem", std::move(other.problems));
  catalogue_->take(catalogue_->object_types, "an object type", std::move(other.object_types));
  catalogue_->plugin = plugin;
}

const Diagnostics& Registry::diagnostics() const noexcept { return catalogue_->diagnostics; }

const OperatorTable* Registry::find_operator(std::string_view name) const { return catalogue_->operators.find(name); }

std::shared_ptr<const Graph> Registry::find_graph(std::string_view name) const { return catalogue_->graphs.find(name); }

const RoleSpec* Registry::find_role(std::string_view name) const { return catalogue_->roles.find(name).get(); }

const EncodingSpec* Registry::find_encoding(std::string_view name) const {
  return catalogue_->encodings.find(name).get();
}

const ProblemSpec* Registry::find_problem(std::string_view name) const { return catalogue_->problems.find(name).get(); }

ObjectFactory Registry::find_object_type(std::string_view name) const { return catalogue_->object_types.find(name); }

std::vector<std::string> Registry::candidates(std::string_view name) const {
  std::vector<std::string> names;
  catalogue_->operators.append_candidates(name, names);
  catalogue_->graphs.append_candidates(name, names);
  return names;
}

std::vector<std::string> Registry::problem_candidates(std::string_view name) const {
  std::vector<std::string> names;
  catalogue_->problems.append_candidates(name, names);
  return names;
}

const std::vector<Registered<const OperatorTable*>>& Registry::operators() const noexcept {
  return catalogue_->operators.entries();
}

std::vector<std::string> Registry::fillers(std::string_view role) const {
  std::vector<std::string> names;
  for (const auto& entry : operators()) {
    if (std::ranges::find(entry.content->roles, role) != entry.content->roles.end()) names.push_back(entry.name);
  }
  for (const auto& entry : graphs()) {
    if (has_role(*entry.content, role)) names.push_back(entry.name);
  }
  return names;
}

const std::vector<Registered<std::shared_ptr<const Graph>>>& Registry::graphs() const noexcept {
  return catalogue_->graphs.entries();
}

const std::vector<Registered<std::unique_ptr<RoleSpec>>>& Registry::roles() const noexcept {
  return catalogue_->roles.entries();
}

const std::vector<Registered<std::unique_ptr<EncodingSpec>>>& Registry::encodings() const noexcept {
  return catalogue_->encodings.entries();
}

const std::vector<Registered<std::unique_ptr<ProblemSpec>>>& Registry::problems() const noexcept {
  return catalogue_->problems.entries();
}

const std::vector<Registered<ObjectFactory>>& Registry::object_types() const noexcept {
  return catalogue_->object_types.entries();
}

const std::vector<std::string>& Registry::plugins() const noexcept { return catalogue_->plugins; }

void Registry::note(PluginReport report) {
  // Several plugins can be built in, but a file holds only one.
  std::erase_if(catalogue_->reports, [&](const PluginReport& earlier) {
    const bool is_same = earlier.file == report.file && (earlier.name == report.name || report.file.starts_with('/'));
    return is_same && earlier.state == PluginState::refused;
  });
  catalogue_->reports.push_back(std::move(report));
}

bool Registry::has_plugin(std::string_view name) const noexcept { return catalogue_->has_plugin(name); }

const std::vector<PluginReport>& Registry::plugin_reports() const noexcept { return catalogue_->reports; }

const PluginReport* Registry::find_report(std::string_view plugin) const noexcept {
  const PluginReport* found = nullptr;
  for (const PluginReport& report : catalogue_->reports) {
    if (report.name != plugin) continue;
    if (found == nullptr || report.state == PluginState::loaded) found = &report;
  }
  return found;
}

const PluginReport* Registry::refused_with(std::string_view component) const noexcept {
  const auto found = std::ranges::find_if(catalogue_->reports, [&](const PluginReport& report) {
    return report.state == PluginState::refused && report.has(component);
  });
  return found == catalogue_->reports.end() ? nullptr : &*found;
}

std::string Registry::resolved(std::string_view name, std::string_view plugin) const {
  std::string found(name);
  if (plugin.empty() || candidates(name).size() < 2) return found;
  std::vector<std::string> plugins{std::string(plugin)};
  if (const PluginReport* report = find_report(plugin)) {
    const auto dependencies = plugin::parse_dependencies(report->dependencies);
    for (const plugin::Dependency& dependency : dependencies.value_or(std::vector<plugin::Dependency>{})) {
      plugins.push_back(dependency.plugin);
    }
  }
  for (const std::string& owner : plugins) {
    std::string qualified = owner + ":" + found;
    if (catalogue_->holds_component(qualified)) return qualified;
  }
  return found;
}

bool PluginReport::has(std::string_view component) const noexcept {
  const auto holds = [&](const std::vector<std::string>& names) {
    return std::ranges::find(names, component) != names.end();
  };
  return holds(adds.operators) || holds(adds.algorithms) || holds(adds.graphs) || holds(adds.roles) ||
         holds(adds.encodings) || holds(adds.problems) || holds(adds.object_types);
}

std::string PluginReport::reason() const {
  const auto items = findings.items();
  const auto error = std::ranges::find(items, Severity::error, &Diagnostic::severity);
  return error == items.end() ? "" : error->message;
}

}  // namespace skein
