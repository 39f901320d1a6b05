// From a node to what it stands for: an operator, a graph, or what fills a slot.
#include <algorithm>
#include <utility>

#include "compiler/expansion.hpp"
#include "documents/joined.hpp"
#include "skein/missing_component.hpp"

namespace skein::compiler {

namespace {

bool stands_in(const std::vector<FlowItem>& flow, const std::string& node) {
  return std::ranges::any_of(flow, [&node](const FlowItem& item) {
    return (item.kind == FlowItem::Kind::node && item.node == node) || stands_in(item.body, node) ||
           stands_in(item.otherwise, node);
  });
}

}  // namespace

void Expansion::emit_node(Scope& scope, const Node& node) {
  const std::string path = scope.prefix + node.name;
  if (!check_one_place(node, path)) return leave_out_anything(scope, path);
  const bool is_slot = node.component.kind == Component::Kind::slot;
  if (is_slot && node.component.faulty && node.component.name.empty()) return leave_out_anything(scope, path);
  const auto slot = std::ranges::find(scope.graph->slots, node.component.name, &GraphSlot::name);
  const bool is_known = is_slot && slot != scope.graph->slots.end();
  draft_.open({Mark::Kind::node, 0, path, is_known ? &*slot : nullptr});
  const std::size_t first_step = draft_.plan.steps.size();
  if (is_slot) {
    emit_slot(scope, node, path);
  } else {
    emit_component(scope, node, path);
  }
  if (draft_.keeps_marks && draft_.plan.steps.size() == first_step) leave_empty(path);
  draft_.close();
}

void Expansion::emit_component(Scope& scope, const Node& node, const std::string& path) {
  Site site;
  site.component = &node.component;
  site.origin = &scope;
  site.home = &scope;
  site.path = path;
  site.where = node.component.where;
  emit_component(site);
}

void Expansion::check_idle_nodes() {
  if (too_large_) return;
  std::vector<std::pair<Scope*, const Node*>> idle;
  for (const auto& [path, instance] : instances_) {
    if (instance.scope == nullptr) continue;
    for (const Node& node : instance.scope->graph->nodes) {
      if (!stands_in(instance.scope->graph->flow, node.name)) idle.emplace_back(instance.scope.get(), &node);
    }
  }
  if (idle.empty()) return;
  const Plan plan = draft_.plan;
  const std::vector<Mark> marks = draft_.marks;
  any_frame_ = true;
  for (const auto& [scope, node] : idle) emit_node(*scope, *node);
  any_frame_ = false;
  draft_.plan = plan;
  draft_.marks = marks;
}

void Expansion::emit_slot(Scope& scope, const Node& node, const std::string& path) {
  const auto slot = std::ranges::find(scope.graph->slots, node.component.name, &GraphSlot::name);
  if (slot == scope.graph->slots.end() && scope.graph->faulty_names) return leave_out_anything(scope, path);
  if (slot == scope.graph->slots.end()) {
    report("unknown-slot", node.component.name_where, path,
           "Graph '" + scope.graph->name + "' has no slot '" + node.component.name + "'.",
           scope.graph->slots.empty() ? "no slots" : joined(names_of(scope.graph->slots)),
           "'" + node.component.name + "'", nearest_name(node.component.name, names_of(scope.graph->slots)));
    leave_out_anything(scope, path);
    return;
  }
  if (!node.component.parameters.empty() || !node.component.streams.empty()) {
    const std::string key = node.component.parameters.empty() ? "streams" : "parameters";
    report("misplaced-key", node.component.where, path + "/" + key,
           "A node that is a slot has no " + key + " of its own: give them where the slot is filled.",
           "ports under in, out and inout", "'" + key + "'");
  }
  const auto content = scope.slots.find(slot->name);
  if (content == scope.slots.end()) return leave_out_anything(scope, path);
  if (content->second.faulty) leave_out_slot(scope, node, *slot, path);
  for (const SlotEntry& entry : content->second.entries) {
    Site site;
    site.component = entry.component;
    site.origin = entry.origin;
    site.home = &scope;
    site.slot_bindings = &node.component.bindings;
    site.role = draft_.registry.find_role(slot->role);
    site.path = slot->many ? path + "/" + entry.name : path;
    site.where =
        entry.component != nullptr && entry.component->where.is_known() ? entry.component->where : node.component.where;
    const std::size_t first_step = draft_.plan.steps.size();
    Diagnostics before = std::exchange(diagnostics_, {});
    if (entry.table != nullptr) {
      emit_operator(site, *entry.table, entry.table);
    } else {
      emit_component(site);
    }
    if (entry.standard != nullptr) state_misfit(*entry.standard, site);
    before.add(std::exchange(diagnostics_, {}));
    diagnostics_ = std::move(before);
    for (std::size_t step = first_step; step < draft_.plan.steps.size(); ++step) {
      const GraphSlot*& slot_of_step = draft_.step_facts[step].slot;
      if (slot_of_step == nullptr) slot_of_step = entry.outermost;
    }
  }
}

/// The slot's role says what would be done here.
void Expansion::leave_out_slot(const Scope& scope, const Node& node, const GraphSlot& slot, const std::string& path) {
  Site site;
  site.home = &scope;
  site.slot_bindings = &node.component.bindings;
  site.role = draft_.registry.find_role(slot.role);
  site.path = path;
  site.where = node.component.where;
  std::vector<PortRequest> ports;
  for (const RolePort& port : site.role->ports)
    ports.push_back({port.name, port.direction, {}, false, false, false, {}, false});
  leave_out(site, ports);
}

void Expansion::emit_component(const Site& site) {
  const Component& component = *site.component;
  if (component.faulty && component.inline_graph == nullptr && component.name.empty()) {
    return leave_out_anything(*site.home, site.path);
  }
  if (component.kind == Component::Kind::empty) return;
  if (component.inline_graph != nullptr) return emit_graph(site, component.inline_graph);
  const Scope& written_in = site.origin != nullptr ? *site.origin : *site.home;
  const std::string name = draft_.registry.resolved(component.name, written_in.plugin);
  const OperatorTable* table = draft_.registry.find_operator(name);
  if (table != nullptr && component.kind == Component::Kind::operation) {
    check_needs(site, *table);
    return emit_operator(site, *table, nullptr);
  }
  if (const auto graph = draft_.registry.find_graph(name)) return emit_graph(site, graph);
  report_unknown_component(site, table != nullptr);
  leave_out_unknown(site);
}

/// Whether the slots that what fills this one counts on are filled, too.
void Expansion::check_needs(const Site& site, const OperatorTable& table) {
  if (site.role == nullptr) return;
  for (const std::string_view role : table.needs) {
    const auto slot = std::ranges::find(site.home->graph->slots, role, &GraphSlot::role);
    if (slot == site.home->graph->slots.end()) continue;
    const auto content = site.home->slots.find(slot->name);
    if (content == site.home->slots.end() || content->second.faulty || !content->second.entries.empty()) continue;
    const std::vector<std::string> fitting = draft_.registry.fillers(role);
    report("unmet-need", site.where, site.path,
           "'" + std::string(table.name) + "' needs something in slot '" + slot->name + "', which is left empty.",
           "one of: " + joined(fitting), "nothing in slot '" + slot->name + "'");
  }
}

/// Whether what is loaded is what the document was written for.
void Expansion::check_revision(const Site& site, const std::string& what, std::uint32_t loaded) {
  if (site.component == nullptr || !site.component->revision || *site.component->revision == loaded) return;
  const std::uint32_t wanted = *site.component->revision;
  const std::string numbers =
      "revision " + std::to_string(wanted) + " of " + what + ", but revision " + std::to_string(loaded) + " is loaded";
  const bool newer = wanted > loaded;
  diagnostics_.add({newer ? "newer-revision" : "older-revision", newer ? Severity::error : Severity::warning,
                    site.where, site.path + "/revision",
                    newer ? "This needs " + numbers + "."
                          : "This was written for " + numbers + ": its ports, defaults or numbers may differ.",
                    "revision " + std::to_string(wanted), "revision " + std::to_string(loaded),
                    newer ? "update the plugin that brings it" : ""});
}

void Expansion::report_unknown_component(const Site& site, bool is_operator) {
  const Component& component = *site.component;
  const std::string kind = component.kind == Component::Kind::graph ? "graph" : "operator";
  const std::string quoted = "'" + component.name + "'";
  if (is_operator) {
    return report("unknown-graph", component.name_where, site.path, quoted + " is an operator, not a graph.",
                  "the name of a graph", quoted, "{\"operator\": \"" + component.name + "\"}");
  }
  if (const auto several = draft_.registry.candidates(component.name); several.size() > 1) {
    return report("ambiguous-name", component.name_where, site.path,
                  "Several plugins have something named " + quoted + ": say which one is meant.",
                  "one of: " + joined(several), quoted);
  }
  std::vector<std::string> known;
  if (kind == "operator") known = names_of(draft_.registry.operators());
  for (const auto& entry : draft_.registry.graphs()) known.push_back(entry.name);
  const std::string what = site.role != nullptr && kind == "operator" ? "operator or graph" : kind;
  report("unknown-" + kind, component.name_where, site.path, "There is no " + what + " named " + quoted + ".",
         "the name of an " + std::string(kind == "graph" ? "available graph" : "operator or graph that is loaded"),
         quoted, missing_component_hint(draft_.registry, component.name, known));
}

}  // namespace skein::compiler
