// Scope: what names mean inside one instance of a graph.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/draft.hpp"
#include "compiler/expressions.hpp"
#include "skein/graph.hpp"

namespace skein::compiler {

/// What a name stands for.
struct Symbol {
  enum class Kind {
    constant,    ///< a parameter: a value that is fixed when the graph is compiled
    variable,    ///< a variable of the plan
    population,  ///< a population of the plan
    frames,      ///< a set of frames
    ambiguous,   ///< the short name of columns of several populations
    faulty       ///< its declaration or binding was reported as wrong: what uses it needs no report of its own
  };
  Kind kind = Kind::constant;
  Value value;
  std::size_t index = no_index;
  bool read_only = false;
  SourceLocation where;
  bool as_real = false;  ///< a variable of type `whole` that is a `real` one inside this graph
};

struct Scope;

/// How a slot came to its content where whoever runs the algorithm has not chosen it.
struct SlotStandard {
  enum class By { graph_default, offer, graph };
  By by = By::graph_default;
  std::string graph;  ///< that fills it, By::graph
  std::string slot;
  std::string role;
  std::string owner;  ///< "algorithm 'particle_swarm'"
  std::string path;   ///< "algorithm/slots/particle_updater"
  SourceLocation where;
  bool optional = false;
  bool of_catalogue = false;  ///< a plugin brought it: its places say nothing to whoever reads the message
};

/// What stands in a slot: nothing, one component or several named ones, each with the scope that its own bindings and
/// parameters are written in. Or an operator table that the problem itself brings (its evaluator).
struct SlotEntry {
  std::string name;
  const Component* component = nullptr;
  const Scope* origin = nullptr;
  std::shared_ptr<const OperatorTable> table;
  std::shared_ptr<const SlotStandard> standard = nullptr;  ///< null: chosen by whoever runs the algorithm
  const GraphSlot* outermost = nullptr;                    ///< the slot of the whole algorithm that it stands in
};

struct SlotContent {
  std::vector<SlotEntry> entries;
  bool faulty = false;  ///< something is missing, which was reported
};

/// The names of one graph instance. Names of the graph come first, then what the problem and the run publish.
struct Scope {
  const Graph* graph = nullptr;
  std::string plugin;  ///< that brought the graph, or the one it is written in: where its names are looked for first
  std::string prefix;  ///< instance path with a trailing slash, empty for the outermost graph
  const Scope* published = nullptr;
  std::map<std::string, Symbol, std::less<>> names;
  std::map<std::string, SlotContent, std::less<>> slots;
  std::size_t rows = no_population;  ///< the population of the axis n of its ports
  bool open_populations = false;     ///< it has populations that may have more columns than it says

  [[nodiscard]] const Symbol* find(std::string_view name) const;
  /// All names that could have been meant, for suggestions.
  [[nodiscard]] std::vector<std::string> known_names() const;
  /// Adds a population with its columns: `swarm`, `swarm.position`, and `position` while no other name is equal.
  void add_population(const Draft& draft, const std::string& name, std::size_t population, bool read_only,
                      const SourceLocation& where);
  /// A name about which something wrong was reported.
  void add_faulty(const std::string& name, const SourceLocation& where);
  /// "parents.position, offspring.position" for an ambiguous `position`.
  [[nodiscard]] std::string long_names(std::string_view column) const;
};

/// Why the symbol of this name is no number in an expression; nothing when there is no such symbol. `constant`: the
/// expression is evaluated when the graph is compiled.
[[nodiscard]] std::optional<NameProblem> explain_name(const Draft& draft, const Scope& scope, std::string_view name,
                                                      bool constant);

/// Names with constant values in a scope: its parameters, `dimension`, `d`, and rows of populations that never resize.
[[nodiscard]] ConstantNames constant_names(const Draft& draft, const Scope& scope);

}  // namespace skein::compiler
