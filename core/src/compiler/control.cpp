#include <algorithm>
#include <utility>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"

namespace skein::compiler {

namespace {

constexpr std::size_t deepest_nesting = 200;

template <class Entries>
std::vector<std::string> names_of(const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

PlanStep jump(PlanStep::Kind kind, std::size_t target, std::size_t destination, std::string path) {
  PlanStep step;
  step.kind = kind;
  step.path = std::move(path);
  step.target = target;
  step.destination = destination;
  return step;
}

}  // namespace

void Expansion::emit(Scope& scope) { emit_flow(scope, scope.graph->flow); }

void Expansion::emit_flow(Scope& scope, const std::vector<FlowItem>& items) {
  for (const FlowItem& item : items) {
    switch (item.kind) {
      case FlowItem::Kind::node: {
        const auto node = std::ranges::find(scope.graph->nodes, item.node, &Node::name);
        if (node != scope.graph->nodes.end()) {
          emit_node(scope, *node);
        } else {
          report("unknown-node", item.where, scope.prefix + "flow", "There is no node '" + item.node + "'.", "",
                 "'" + item.node + "'", nearest_name(item.node, names_of(scope.graph->nodes)));
        }
        break;
      }
      case FlowItem::Kind::sequence:
        emit_flow(scope, item.body);
        break;
      case FlowItem::Kind::loop:
        emit_loop(scope, item);
        break;
      case FlowItem::Kind::branch:
        emit_branch(scope, item);
        break;
    }
  }
}

/// The boolean global that a condition is read from; an expression gets a step that computes it.
std::optional<std::size_t> Expansion::condition(Scope& scope, const FlowItem& item) {
  Value text(item.condition);
  text.where = item.condition_where;
  const std::string path = scope.prefix + "flow";
  const auto name = expression_text(text);
  const Symbol* symbol = scope.find(name.text);
  std::optional<Bound> bound;
  if (symbol != nullptr && symbol->kind == Symbol::Kind::variable) {
    bound = bound_symbol(*symbol, text);
  } else {
    bound = resolve(text, scope, path);
  }
  if (!bound) return std::nullopt;
  const CellType& type = draft_.facts[bound->binding.index].type;
  if (scalar_type(type) != ScalarType::boolean || draft_.facts[bound->binding.index].column) {
    report("type-mismatch", item.condition_where, path, "A condition must be true or false.", "boolean",
           draft_.variable_text(bound->binding.index));
    return std::nullopt;
  }
  return bound->binding.index;
}

void Expansion::emit_loop(Scope& scope, const FlowItem& item) {
  const std::size_t begin = draft_.plan.steps.size();
  const std::string path = scope.prefix + "flow";
  if (item.until) {
    emit_flow(scope, item.body);
    if (const auto stop = condition(scope, item)) {
      draft_.add_step(jump(PlanStep::Kind::jump_if_not, *stop, begin, path), item.where);
    }
    return;
  }
  const auto go_on = condition(scope, item);
  if (!go_on) return emit_flow(scope, item.body);
  const std::size_t leave = draft_.add_step(jump(PlanStep::Kind::jump_if_not, *go_on, no_index, path), item.where);
  emit_flow(scope, item.body);
  draft_.add_step(jump(PlanStep::Kind::jump, no_index, begin, path), item.where);
  draft_.plan.steps[leave].destination = draft_.plan.steps.size();
}

void Expansion::emit_branch(Scope& scope, const FlowItem& item) {
  const std::string path = scope.prefix + "flow";
  const auto chosen = condition(scope, item);
  if (!chosen) {
    emit_flow(scope, item.body);
    return emit_flow(scope, item.otherwise);
  }
  const std::size_t skip = draft_.add_step(jump(PlanStep::Kind::jump_if_not, *chosen, no_index, path), item.where);
  emit_flow(scope, item.body);
  if (item.otherwise.empty()) {
    draft_.plan.steps[skip].destination = draft_.plan.steps.size();
    return;
  }
  const std::size_t leave = draft_.add_step(jump(PlanStep::Kind::jump, no_index, no_index, path), item.where);
  draft_.plan.steps[skip].destination = draft_.plan.steps.size();
  emit_flow(scope, item.otherwise);
  draft_.plan.steps[leave].destination = draft_.plan.steps.size();
}

void Expansion::emit_node(Scope& scope, const Node& node) {
  const std::string path = scope.prefix + node.name;
  if (node.component.kind == Component::Kind::slot) return emit_slot(scope, node, path);
  Site site;
  site.component = &node.component;
  site.origin = &scope;
  site.home = &scope;
  site.path = path;
  site.where = node.component.where;
  emit_component(site);
}

void Expansion::emit_slot(Scope& scope, const Node& node, const std::string& path) {
  const auto slot = std::ranges::find(scope.graph->slots, node.component.name, &GraphSlot::name);
  if (slot == scope.graph->slots.end()) {
    report("unknown-slot", node.component.where, path, "Graph '" + scope.graph->name + "' has no slot '" + node.component.name + "'.",
           "", "'" + node.component.name + "'", nearest_name(node.component.name, names_of(scope.graph->slots)));
    return;
  }
  const auto content = scope.slots.find(slot->name);
  if (content == scope.slots.end()) return;
  for (const SlotEntry& entry : content->second.entries) {
    Site site;
    site.component = entry.component;
    site.origin = entry.origin;
    site.home = &scope;
    site.slot_bindings = &node.component.bindings;
    site.role = draft_.registry.find_role(slot->role);
    site.path = slot->many ? path + "/" + entry.name : path;
    site.where = entry.component != nullptr && entry.component->where.line != 0 ? entry.component->where
                                                                                 : node.component.where;
    if (entry.table != nullptr) {
      emit_operator(site, *entry.table, entry.table);
    } else {
      emit_component(site);
    }
  }
}

void Expansion::emit_component(const Site& site) {
  const Component& component = *site.component;
  if (component.kind == Component::Kind::empty) return;
  if (component.inline_graph != nullptr) return emit_graph(site, component.inline_graph);
  if (component.kind == Component::Kind::operation) {
    if (const OperatorTable* table = draft_.registry.find_operator(component.name)) {
      return emit_operator(site, *table, nullptr);
    }
  }
  if (auto graph = draft_.registry.find_graph(component.name)) return emit_graph(site, std::move(graph));

  std::vector<std::string> known;
  for (const auto& entry : draft_.registry.operators()) known.push_back(entry.name);
  for (const auto& entry : draft_.registry.graphs()) known.push_back(entry.name);
  const bool graph = component.kind == Component::Kind::graph;
  report(graph ? "unknown-graph" : "unknown-operator", component.where, site.path,
         std::string("There is no ") + (graph ? "graph" : "operator") + " named '" + component.name + "'.", "",
         "'" + component.name + "'", nearest_name(component.name, known));
}

void Expansion::emit_graph(const Site& site, std::shared_ptr<const Graph> graph) {
  const auto open = std::ranges::find(open_graphs_, graph);
  if (open != open_graphs_.end() || open_graphs_.size() >= deepest_nesting) {
    std::string cycle;
    for (auto each = open; each != open_graphs_.end(); ++each) cycle += (*each)->name + " -> ";
    report("graph-cycle", site.where, site.path,
           open == open_graphs_.end() ? "Graphs are nested more than 200 deep here."
                                      : "Graphs include each other: " + cycle + graph->name + ".");
    return;
  }
  open_graphs_.push_back(graph);
  Instance& instance = instances_[site.path];
  if (instance.scope != nullptr) {
    for (std::size_t i = 0; i < instance.binding_steps.size(); ++i) draft_.add_step(instance.binding_steps[i], site.where);
  } else {
    const std::size_t first_step = draft_.plan.steps.size();
    auto inner = std::make_unique<Scope>();
    inner->graph = graph.get();
    inner->prefix = site.path + "/";
    inner->published = site.home->published;
    const std::vector<PortRequest> ports = port_requests(*graph);
    check_port_names(ports, site, "graph '" + graph->name + "'");
    const bool fits = site.role == nullptr || check_role(site, ports, "Graph '" + graph->name + "'");
    if (fits && resolve_graph_parameters(*inner, site.component->parameters, *site.origin, site.path, site.where)) {
      TypeMatch types(draft_);
      for (std::size_t i = 0; i < ports.size(); ++i) bind_graph_port(*inner, graph->ports[i], ports[i], site, types);
      declare(*inner);
      fill_inner_slots(*inner, site);
      instance.scope = std::move(inner);
    }
    instance.binding_steps.assign(draft_.plan.steps.begin() + static_cast<std::ptrdiff_t>(first_step),
                                  draft_.plan.steps.end());
  }
  if (instance.scope != nullptr) emit(*instance.scope);
  open_graphs_.pop_back();
}

/// A port of a combined operator becomes a name of its scope for what the surroundings bind to it.
void Expansion::bind_graph_port(Scope& inner, const GraphPort& port, const PortRequest& request, const Site& site,
                                TypeMatch& types) {
  auto bound = bind_port(request, site);
  if (!bound || !check_bound(request, *bound, site, types)) {
    inner.names.insert_or_assign(port.name, Symbol{Symbol::Kind::unbound, {}, no_index, true, port.where});
    return;
  }
  const bool read_only = port.direction == Direction::in || bound->read_only;
  if (bound->binding.kind != PlanBinding::Kind::population) {
    inner.names.insert_or_assign(port.name,
                                 Symbol{Symbol::Kind::variable, {}, bound->binding.index, read_only, port.where});
    return;
  }
  const PlanPopulation& population = draft_.plan.populations[bound->binding.index];
  if (population.rows == population.capacity) {
    const Value rows(static_cast<std::int64_t>(population.rows));
    inner.names.insert_or_assign(port.name + ".rows", Symbol{Symbol::Kind::constant, rows, no_index, true, port.where});
  }
  inner.add_population(draft_, port.name, bound->binding.index, read_only, port.where);
  for (const GraphVariable& column : port.columns) check_required_column(inner, port, column, site);
}

void Expansion::check_required_column(const Scope& inner, const GraphPort& port, const GraphVariable& column,
                                      const Site& site) {
  const std::string path = site.path + "/" + port.name + "." + column.name;
  const Symbol* symbol = inner.find(port.name + "." + column.name);
  const auto type = cell_type(inner, column.type, column.where, path);
  if (symbol == nullptr) {
    report("unknown-variable", site.where, path,
           "The population bound to port '" + port.name + "' has no column '" + column.name + "', which graph '" +
               inner.graph->name + "' needs.", to_text(column.type), "nothing");
  } else if (type && draft_.facts[symbol->index].type != *type) {
    report("type-mismatch", site.where, path,
           "Column '" + column.name + "' of the population bound to port '" + port.name + "' has another type.",
           draft_.type_text(*type, true), draft_.variable_text(symbol->index));
  }
}

}  // namespace skein::compiler
