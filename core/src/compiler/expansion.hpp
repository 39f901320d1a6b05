// Expansion: from a graph and what fills its slots to the steps of a plan. Names become numbers here.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/compiler.hpp"
#include "compiler/draft.hpp"
#include "compiler/expressions.hpp"
#include "compiler/parameters.hpp"
#include "compiler/scope.hpp"
#include "compiler/type_match.hpp"
#include "compiler/wiring.hpp"
#include "skein/graph.hpp"

namespace skein::compiler {

/// What a document value stands for where a port is bound.
struct Bound {
  PlanBinding binding = {};  ///< Kind::none: an optional port stays open
  bool read_only = false;
  std::optional<Scalar> constant = {};  ///< `binding` is a constant with this value
  bool computed = false;                ///< `binding` was made for this port by an expression
  bool as_real = false;                 ///< as the symbol
  std::vector<Bound> members = {};      ///< of a group
  SourceLocation where = {};
  std::string text = {};  ///< as written, for messages
};

/// A port of an operator or of a graph that wants to be bound.
struct PortRequest {
  std::string name;
  Direction direction = Direction::in;
  TypeName type;
  bool optional = false;
  bool broadcast = false;
  bool variadic = false;
  std::optional<Value> initial;
  bool takes_frames = false;  ///< variadic: what every frame of a set has may be bound to it, under one name
};

/// While it lives, what is added belongs to the frames of another set.
class InFrames {
 public:
  InFrames(std::size_t& place, std::size_t frames) : place_(place), before_(std::exchange(place, frames)) {}
  ~InFrames() { place_ = before_; }
  InFrames(const InFrames&) = delete;
  InFrames& operator=(const InFrames&) = delete;

 private:
  std::size_t& place_;
  std::size_t before_;
};

/// Where a component stands: its own text, and the slot it fills, if it fills one.
struct Site {
  const Component* component = nullptr;                     ///< null for the problem's evaluator
  const Scope* origin = nullptr;                            ///< scope of the component's own bindings and parameters
  const Scope* home = nullptr;                              ///< scope of the graph in whose flow the component runs
  const std::vector<PortBinding>* slot_bindings = nullptr;  ///< of the slot's node
  const RoleSpec* role = nullptr;
  std::string path;
  SourceLocation where;
};

/// Whether part of the component could not be read: what seems to be missing may stand there.
[[nodiscard]] inline bool is_faulty(const Site& site) { return site.component != nullptr && site.component->faulty; }

class Expansion {
 public:
  Expansion(Draft& draft, Diagnostics& diagnostics) : draft_(draft), diagnostics_(diagnostics) {}

  /// The scope of the outermost graph: its out-ports become variables, its slots are filled. Nothing when an algorithm
  /// has ports that something around it would have to bind.
  Scope* open_algorithm(const CompilerInput& input, const Scope& published);

  /// Emits the steps of the scope's flow. Its slots must have been filled.
  void emit(Scope& scope);

  /// Checks the nodes that no flow names, as if they stood at the end; the plan stays as it is.
  void check_idle_nodes();

  /// Whether graphs were left out because there are too many.
  [[nodiscard]] bool has_too_many_graphs() const noexcept { return too_large_; }

 private:
  // instances.cpp: a graph becomes a scope
  bool check_ports_of_algorithm(const Graph& graph, const SourceLocation& where);
  void declare_open_port(Scope& scope, const GraphPort& port);
  void add_open_rows(Scope& scope);
  [[nodiscard]] Object stand_in_parameters(const Graph& graph) const;
  void check_requirements(const Graph& graph, const std::string& path);
  void check_roles(const Graph& graph, const std::string& path);
  void resolve_graph_parameters(Scope& scope, const Object& given, const Scope& origin, const ParameterOwner& owner);
  void fill_inner_slots(Scope& inner, const Site& site);

  // declarations.cpp: populations and variables of a graph
  [[nodiscard]] bool is_of_catalogue(const Graph& graph) const;
  void declare(Scope& scope);
  void declare_population(Scope& scope, const GraphPopulation& population);
  bool declare_column(Scope& scope, const GraphPopulation& population, const GraphVariable& column, std::size_t id);
  void add_faulty_population(Scope& scope, const GraphPopulation& population);
  void declare_variable(Scope& scope, const GraphVariable& variable);
  std::optional<CellType> cell_type(const Scope& scope, const TypeName& written, const SourceLocation& where,
                                    const std::string& path);
  std::optional<std::size_t> axis_size(const Scope& scope, const std::string& axis);
  std::optional<std::vector<double>> initial_value(const Scope& scope, const Value& value, const CellType& type,
                                                   const std::string& path);
  struct CountRange {
    const char* of;
    std::uint64_t least = 0;
    std::uint64_t most = 0;
  };
  std::optional<std::size_t> count(const Scope& scope, const Value& value, const std::string& path,
                                   const CountRange& range);
  void warn_of_hidden_name(const Scope& scope, const GraphVariable& variable, const std::string& path);
  std::optional<std::size_t> row_count(const Scope& scope, const Value& value, const std::string& path);
  void report_too_large(const Value& value, const SourceLocation& where, const std::string& path);

  // control.cpp: flow becomes steps and jumps
  void emit_flow(Scope& scope, const std::vector<FlowItem>& items);
  void emit_loop(Scope& scope, const FlowItem& item);
  void emit_loop_steps(Scope& scope, const FlowItem& item);
  void emit_branch(Scope& scope, const FlowItem& item);
  std::optional<bool> known_condition(const Scope& scope, const FlowItem& item) const;
  void emit_known_branch(Scope& scope, const FlowItem& item, bool condition);
  void check_flow_in_vain(Scope& scope, const std::vector<FlowItem>& items);

  // frames.cpp: sets of frames, and what is done in them
  void declare_frames(Scope& scope, const GraphFrames& frames);
  std::optional<std::size_t> frames_of(const Scope& scope, const std::string& name, const SourceLocation& where,
                                       const std::string& path);
  void emit_frames(Scope& scope, const FlowItem& item);
  void report_entered_within(const Scope& scope, const FlowItem& item);
  void emit_block(Scope& scope, const FlowItem& item, std::size_t frames);
  bool check_one_place(const Node& node, const std::string& path);
  bool check_in_reach(std::size_t variable, const SourceLocation& where, const std::string& path);
  bool check_frames(const PortRequest& port, Bound& bound, const std::string& path);
  [[nodiscard]] std::size_t frames_of(const PlanBinding& binding) const;

  // rows.cpp: what is done for one row after another
  void emit_rows(Scope& scope, const FlowItem& item);
  void emit_pass(Scope& scope, const FlowItem& item, std::size_t population);
  std::size_t own_variable(const std::string& name, const CellType& type, std::size_t population,
                           const SourceLocation& where);
  std::size_t emit_condition(Scope& scope, const FlowItem& item);
  std::optional<std::size_t> condition(Scope& scope, const FlowItem& item);

  // components.cpp: a node becomes what it stands for
  void emit_node(Scope& scope, const Node& node);
  void emit_slot(Scope& scope, const Node& node, const std::string& path);
  void emit_component(Scope& scope, const Node& node, const std::string& path);
  void emit_component(const Site& site);
  void check_needs(const Site& site, const OperatorTable& table);
  void check_revision(const Site& site, const std::string& what, std::uint32_t loaded);
  void report_unknown_component(const Site& site, bool is_operator);

  // left_out.cpp: what stands for a node about which an error was reported
  void leave_out(const Site& site, const std::vector<PortRequest>& ports);
  void leave_out_slot(const Scope& scope, const Node& node, const GraphSlot& slot, const std::string& path);
  void leave_out_anything(const Scope& scope, const std::string& path);
  void leave_empty(const std::string& path);
  void leave_out_unknown(const Site& site);
  std::size_t leave_out_condition(const Scope& scope, const FlowItem& item);
  void presume(const Symbol* symbol, std::vector<std::size_t>& presumed) const;
  void presume_value(const Value& value, const Scope& scope, std::vector<std::size_t>& presumed) const;

  // unfit.cpp: what was put into a slot and does not fit the problem
  [[nodiscard]] std::vector<std::string> offers_for(const std::string& role, const Site& site) const;
  [[nodiscard]] std::string suggested_fillers(const Site& site) const;
  void state_misfit(const SlotStandard& standard, const Site& site);

  // combined.cpp: a graph in a graph
  bool check_nesting(const Site& site, const std::shared_ptr<const Graph>& graph);
  void emit_graph(const Site& site, const std::shared_ptr<const Graph>& graph);
  std::unique_ptr<Scope> open_graph(const Site& site, const Graph& graph);
  void bind_graph_port(Scope& inner, const GraphPort& port, const PortRequest& request, const Site& site,
                       TypeMatch& types);
  void add_faulty_port(Scope& inner, const GraphPort& port);
  bool check_graph_port_type(const Scope& inner, const GraphPort& port, const Bound& bound, const Site& site);
  void check_required_column(Scope& inner, const GraphPort& port, const GraphVariable& column, const Site& site);

  // operators.cpp: an operator becomes a step
  void emit_operator(const Site& site, const OperatorTable& table, std::shared_ptr<const void> keeps_alive);
  std::optional<PlanStep> operator_step(const Site& site, const OperatorTable& table);
  bool check_role(const Site& site, const std::vector<PortRequest>& ports, const std::string& name);
  bool bind_operator_ports(const Site& site, const OperatorTable& table, PlanStep& step, TypeMatch& types);
  bool check_conflicts(const Site& site, const OperatorTable& table, const PlanStep& step);
  bool add_own_ports(const Site& site, const OperatorTable& table, PlanStep& step, const TypeMatch& types);
  std::optional<std::vector<double>> hidden_initial(const Site& site, const PortSpec& spec, const CellType& type,
                                                    const std::string& path);
  void check_stream_names(const Site& site, const OperatorTable& table);
  void name_streams(const Site& site, const OperatorTable& table, PlanStep& step);

  // callables.cpp: what an operator calls
  std::optional<PlanBinding> bind_callable(const Site& site, const PortSpec& spec, std::size_t population);
  std::shared_ptr<const Plan> callable_plan(const Site& site, const std::string& path);

  // preparation.cpp: what all calls of an operator's node share
  std::optional<std::vector<Value>> operator_parameters(const Site& site, const OperatorTable& table);
  bool prepare(const Site& site, const OperatorTable& table, const std::vector<Value>& parameters, PlanStep& step,
               const TypeMatch& types);
  [[nodiscard]] std::vector<BoundPort> bound_ports(const PlanStep& step) const;
  [[nodiscard]] BoundPort bound_port(const PlanBinding& binding) const;

  // values.cpp: what a document value stands for
  std::optional<Bound> bound_symbol(const Symbol& symbol, const Value& value, const std::string& path);
  Bound computed_value(const Value& value, const Expression& expression, std::vector<std::size_t> inputs,
                       const std::string& path);
  std::optional<Bound> resolve(const Value& value, const Scope& scope, const std::string& path);
  std::optional<Bound> resolve_name(const Value& value, const Scope& scope, const std::string& path);
  std::optional<Bound> resolve_expression(const Value& value, const Scope& scope, const std::string& path);

  // binding.cpp: a port gets a variable
  std::optional<Bound> bind_port(const PortRequest& port, const Site& site, const Scope& defaults);
  std::optional<Bound> bind_default(const PortRequest& port, const Site& site, const Scope& defaults,
                                    const std::string& path);
  [[nodiscard]] bool is_meant_by_unknown(const std::string& port, const Site& site) const;
  bool check_direction(const PortBinding& binding, Direction direction, const std::string& path);
  const Symbol* same_name(const PortRequest& port, const Site& site) const;
  bool check_bound(const PortRequest& port, Bound& bound, const Site& site, TypeMatch& types);
  bool check_kind(const PortRequest& port, const Bound& bound, const std::string& path);
  void take_integer_as_real(const TypeName& type, Bound& bound);
  void check_port_names(const std::vector<PortRequest>& ports, const Site& site, const std::string& owner);
  [[nodiscard]] TypeName substitute_solution(TypeName type) const;

  void report(std::string code, const SourceLocation& where, std::string path, std::string message,
              std::string expected = "", std::string found = "", std::string suggestion = "");

  Draft& draft_;
  Diagnostics& diagnostics_;
  /// A combined operator: one scope however often its node stands in the flow, and the steps that compute what is
  /// bound to its ports, which stand before each occurrence.
  struct Instance {
    std::unique_ptr<Scope> scope;
    std::vector<PlanStep> binding_steps;
    bool fits = true;  ///< fulfils the role of the slot that it fills
  };
  std::map<std::string, Instance> instances_;         ///< by instance path
  std::map<std::string, std::size_t> own_variables_;  ///< hidden ports: "path/@port" -> variable
  std::map<std::string, std::size_t> callables_;      ///< callable ports: "path/port" -> child of the plan
  std::map<std::string, std::size_t> occurrences_;    ///< how often a node stands in the flow
  std::map<std::string, std::vector<std::string>>
      unknown_ports_;                                 ///< by node path: bindings to ports that do not exist
  std::map<std::string, std::size_t> node_frames_;    ///< by node path: the frames that it runs in
  bool any_frame_ = false;                            ///< it is not known in which frames what is looked at stands
  std::map<std::size_t, std::size_t> passes_around_;  ///< populations -> the passes over their rows around this place
  std::map<std::size_t, std::size_t> only_rows_;  ///< populations whose rows are taken one by one -> the current row
  OfferedComponents offered_;
  bool called_ = false;                  ///< this becomes the plan of a callable port
  std::set<const SlotStandard*> unfit_;  ///< that were reported
  bool checks_part_ = false;             ///< a graph by itself, whose author is told everything
  std::size_t opened_ = 0;               ///< uses of graphs so far
  bool too_large_ = false;
  std::vector<std::shared_ptr<const Graph>> open_graphs_;  ///< from the outermost to the innermost
};

/// "graph 'swarm'", for messages.
[[nodiscard]] std::string owner_text(const Graph& graph);

/// The ports of a graph as requests.
[[nodiscard]] std::vector<PortRequest> port_requests(const Graph& graph);
[[nodiscard]] std::vector<PortRequest> port_requests(const OperatorTable& table);

}  // namespace skein::compiler
