// Combined operators: a graph that is used as a node of another one.
#include <algorithm>
#include <utility>

#include "compiler/expansion.hpp"

namespace skein::compiler {

namespace {

constexpr std::size_t deepest_nesting = 200;
constexpr std::size_t most_instances = 10'000;

}  // namespace

/// Whether this graph may be opened here.
bool Expansion::check_nesting(const Site& site, const std::shared_ptr<const Graph>& graph) {
  const auto open = std::ranges::find(open_graphs_, graph);
  if (open != open_graphs_.end()) {
    std::string cycle;
    for (auto each = open; each != open_graphs_.end(); ++each) cycle += (*each)->name + " -> ";
    report("graph-cycle", site.where, site.path, "Graphs include each other: " + cycle + graph->name + ".",
           "graphs that do not contain themselves", cycle + graph->name);
    return false;
  }
  if (open_graphs_.size() < deepest_nesting && ++opened_ <= most_instances) return true;
  if (opened_ > most_instances && std::exchange(too_large_, true)) return false;
  report("too-large", site.where, site.path,
         open_graphs_.size() >= deepest_nesting ? "Graphs are nested too deep here."
                                                : "The algorithm uses too many graphs.",
         open_graphs_.size() >= deepest_nesting ? "at most 200 graphs in each other"
                                                : "at most 10000 uses of graphs in all");
  return false;
}

void Expansion::emit_graph(const Site& site, const std::shared_ptr<const Graph>& graph) {
  if (!check_nesting(site, graph)) return leave_out(site, port_requests(*graph));
  open_graphs_.push_back(graph);
  const std::size_t errors_before = diagnostics_.error_count();
  Instance& instance = instances_[site.path];
  if (instance.scope == nullptr) {
    const std::size_t first_step = draft_.plan.steps.size();
    instance.scope = open_graph(site, *graph);
    instance.binding_steps.assign(draft_.plan.steps.begin() + static_cast<std::ptrdiff_t>(first_step),
                                  draft_.plan.steps.end());
  } else {
    for (const PlanStep& step : instance.binding_steps) draft_.add_step(step, site.where);
  }
  if (graph->faulty || diagnostics_.error_count() != errors_before) leave_out(site, port_requests(*graph));
  draft_.open({Mark::Kind::graph, 0, site.path, nullptr, graph.get()});
  const std::size_t first_step = draft_.plan.steps.size();
  if (instance.fits) emit(*instance.scope);
  if (draft_.keeps_marks && draft_.plan.steps.size() == first_step) leave_empty(site.path);
  draft_.close();
  open_graphs_.pop_back();
}

/// What is wrong with parameters and bindings becomes a faulty name, so that the inside is checked all the same.
std::unique_ptr<Scope> Expansion::open_graph(const Site& site, const Graph& graph) {
  auto inner = std::make_unique<Scope>();
  inner->graph = &graph;
  inner->plugin = graph.plugin.empty() ? site.home->plugin : graph.plugin;
  inner->prefix = site.path + "/";
  inner->published = site.home->published;
  check_requirements(graph, site.path);
  check_revision(site, owner_text(graph), graph.revision);
  if (!site.component->streams.empty()) {
    report("misplaced-key", site.where, site.path + "/streams",
           "A graph has no random streams of its own: pin those of its nodes.", "no streams", "'streams'");
  }
  const std::vector<PortRequest> ports = port_requests(graph);
  check_port_names(ports, site, "graph '" + graph.name + "'");
  instances_[site.path].fits = site.role == nullptr || check_role(site, ports, "Graph '" + graph.name + "'");
  if (!instances_[site.path].fits) return inner;
  resolve_graph_parameters(*inner, site.component->parameters, *site.origin,
                           {owner_text(graph), site.path, site.where, is_faulty(site)});
  // Types of other ports may name populations.
  for (const bool populations : {true, false}) {
    TypeMatch types(draft_);
    for (std::size_t i = 0; i < ports.size(); ++i) {
      if (populations != (graph.ports[i].type.element == "population")) continue;
      bind_graph_port(*inner, graph.ports[i], ports[i], site, types);
    }
  }
  declare(*inner);
  fill_inner_slots(*inner, site);
  return inner;
}

/// A port of a combined operator becomes a name of its scope for what the surroundings bind to it.
void Expansion::bind_graph_port(Scope& inner, const GraphPort& port, const PortRequest& request, const Site& site,
                                TypeMatch& types) {
  if (port.faulty) return add_faulty_port(inner, port);
  auto bound = bind_port(request, site, inner);
  if (!bound || !check_bound(request, *bound, site, types)) return add_faulty_port(inner, port);
  inner.rows = types.rows();
  const bool read_only = port.direction == Direction::in || bound->read_only;
  if (bound->binding.kind != PlanBinding::Kind::population) {
    if (!check_graph_port_type(inner, port, *bound, site)) return add_faulty_port(inner, port);
    // A graph with a port of whole numbers answers for what its nodes write there.
    const bool as_real = bound->as_real || port.type.element == "whole" || port.type.element == "real";
    inner.names.insert_or_assign(
        port.name, Symbol{Symbol::Kind::variable, {}, bound->binding.index, read_only, port.where, as_real});
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

void Expansion::add_faulty_port(Scope& inner, const GraphPort& port) {
  inner.add_faulty(port.name, port.where);
  for (const GraphVariable& column : port.columns) {
    inner.add_faulty(port.name + "." + column.name, port.where);
    inner.add_faulty(column.name, port.where);
  }
}

/// Inside a graph `d` is the dimension and `swarm` its own population: sizes and populations are compared as they are.
bool Expansion::check_graph_port_type(const Scope& inner, const GraphPort& port, const Bound& bound, const Site& site) {
  if (port.type.is_variable()) return true;
  const std::size_t errors_before = diagnostics_.error_count();
  const auto type = cell_type(inner, port.type, port.where, site.path + "/" + port.name);
  if (!type) return diagnostics_.error_count() == errors_before;
  const std::size_t variable = bound.binding.index;
  const CellType& found = draft_.facts[variable].type;
  const bool any_population = type->indexed_population == no_population && port.type.argument.empty();
  if (found.sizes == type->sizes && (any_population || found.indexed_population == type->indexed_population))
    return true;
  report("type-mismatch", bound.where, site.path + "/" + port.name,
         "Port '" + port.name + "' of graph '" + inner.graph->name + "' takes another type.",
         draft_.type_text(*type, port.type.is_column()),
         "'" + draft_.plan.variables[variable].name + "', which is " + draft_.variable_text(variable));
  return false;
}

void Expansion::check_required_column(Scope& inner, const GraphPort& port, const GraphVariable& column,
                                      const Site& site) {
  const std::string path = site.path + "/" + port.name + "." + column.name;
  const Symbol* symbol = inner.find(port.name + "." + column.name);
  const auto type = cell_type(inner, column.type, column.where, path);
  if (symbol == nullptr) {
    inner.add_faulty(port.name + "." + column.name, port.where);
    inner.names.try_emplace(column.name, Symbol{Symbol::Kind::faulty, {}, no_index, true, port.where});
    report("unknown-variable", site.where, path,
           "The population bound to port '" + port.name + "' has no column '" + column.name + "', which graph '" +
               inner.graph->name + "' needs.",
           to_text(column.type), "nothing");
  } else if (type && draft_.facts[symbol->index].type != *type) {
    report("type-mismatch", site.where, path,
           "Column '" + column.name + "' of the population bound to port '" + port.name + "' has another type.",
           draft_.type_text(*type, true), draft_.variable_text(symbol->index));
  }
}

}  // namespace skein::compiler
