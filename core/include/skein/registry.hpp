// Registry: the catalogue of one session. There is no global one; built-in parts and plugins register the same way.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/object.hpp"
#include "skein/operator_table.hpp"
#include "skein/plugin_report.hpp"
#include "skein/problem.hpp"
#include "skein/reproducibility.hpp"
#include "skein/role.hpp"

namespace skein {

/// An entry of the catalogue with the plugin that brought it. Operators and graphs are also found as `plugin:name`.
template <class Content>
struct Registered {
  std::string plugin;
  std::string name;
  Content content;
  [[nodiscard]] std::string qualified_name() const { return plugin + ":" + name; }
};

/// Everything that documents can name. Entries keep the order of registration; pointers stay valid.
class Registry {
 public:
  Registry();
  ~Registry();
  Registry(Registry&&) noexcept;
  Registry& operator=(Registry&&) noexcept;

  /// Entries added from here on belong to this plugin; before the first call they belong to `host`. A plugin that uses
  /// only + - * / and square roots of doubles, skein::math and skein's random numbers may say that its numbers are the
  /// same on every machine.
  void begin_plugin(std::string name, Reproducibility reproducibility = Reproducibility::one_machine);

  /// What the plugin said of its numbers.
  [[nodiscard]] Reproducibility reproducibility(std::string_view plugin) const;

  // A name that exists in the same plugin is refused with the diagnostic `name-given-twice`; nothing is replaced.
  // Operators and graphs share their names, because a slot takes either. What is wrong in itself is refused with
  // `bad-operator`, `bad-role`, `bad-encoding`, `bad-problem` or `bad-name`.
  void add(const OperatorTable& table);  ///< the table must outlive the registry
  void add(RoleSpec role);
  void add(EncodingSpec encoding);
  void add(ProblemSpec problem);
  void add(Graph graph);
  void add_object_type(const std::string& name, ObjectFactory factory);
  /// A graph document. What is wrong with it is kept in `diagnostics()`.
  void add_graph_document(std::string_view text, const std::string& file);

  /// Takes over everything in another registry, in its order: how a plugin that was registered apart is committed.
  /// Pointers into `staged` stay valid; what was wrong with it is taken over as well.
  void merge(Registry staged);

  /// Keeps what became of a plugin, in place of an earlier refusal of the same file.
  void note(PluginReport report);

  /// What registration found wrong.
  [[nodiscard]] const Diagnostics& diagnostics() const noexcept;

  // By short or qualified name; nullptr when there is none or the short name is ambiguous.
  [[nodiscard]] const OperatorTable* find_operator(std::string_view name) const;
  [[nodiscard]] std::shared_ptr<const Graph> find_graph(std::string_view name) const;
  [[nodiscard]] const RoleSpec* find_role(std::string_view name) const;
  [[nodiscard]] const EncodingSpec* find_encoding(std::string_view name) const;
  [[nodiscard]] const ProblemSpec* find_problem(std::string_view name) const;
  [[nodiscard]] ObjectFactory find_object_type(std::string_view name) const;

  /// The names of the operators that declare this role, then of the graphs that do, as they were registered.
  [[nodiscard]] std::vector<std::string> fillers(std::string_view role) const;

  /// The qualified names of all operators and graphs with this short name: more than one when it is ambiguous.
  [[nodiscard]] std::vector<std::string> candidates(std::string_view name) const;
  /// The same of problems.
  [[nodiscard]] std::vector<std::string> problem_candidates(std::string_view name) const;

  /// What a name means in a text that a plugin brought: of an operator or graph that several plugins have, the
  /// qualified name of that plugin's own, or of one among those it depends on. Any other name as it is.
  [[nodiscard]] std::string resolved(std::string_view name, std::string_view plugin) const;

  [[nodiscard]] const std::vector<Registered<const OperatorTable*>>& operators() const noexcept;
  [[nodiscard]] const std::vector<Registered<std::shared_ptr<const Graph>>>& graphs() const noexcept;
  [[nodiscard]] const std::vector<Registered<std::unique_ptr<RoleSpec>>>& roles() const noexcept;
  [[nodiscard]] const std::vector<Registered<std::unique_ptr<EncodingSpec>>>& encodings() const noexcept;
  [[nodiscard]] const std::vector<Registered<std::unique_ptr<ProblemSpec>>>& problems() const noexcept;
  [[nodiscard]] const std::vector<Registered<ObjectFactory>>& object_types() const noexcept;
  [[nodiscard]] const std::vector<std::string>& plugins() const noexcept;
  /// Whether it is one of `plugins`: loaded, or registered by the program itself.
  [[nodiscard]] bool has_plugin(std::string_view name) const noexcept;
  /// Of the plugins that were loaded, in their order, and of those that were refused.
  [[nodiscard]] const std::vector<PluginReport>& plugin_reports() const noexcept;
  /// The report of the loaded plugin of this name, or else of a refused one; nullptr when there is none.
  [[nodiscard]] const PluginReport* find_report(std::string_view plugin) const noexcept;
  /// A refused plugin that would bring something of this name; nullptr when there is none.
  [[nodiscard]] const PluginReport* refused_with(std::string_view component) const noexcept;

 private:
  struct Catalogue;
  std::unique_ptr<Catalogue> catalogue_;
};

}  // namespace skein
