// What stands in a plan for a node about which an error was reported. The plan will never run; but the rest of it is
// checked as if the node read and wrote whatever it is bound to, so that one mistake gives one finding.
#include <algorithm>
#include <cctype>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"

namespace skein::compiler {

namespace {

std::vector<std::string> identifiers(const std::string& text) {
  const auto belongs = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; };
  std::vector<std::string> names;
  for (auto begin = text.begin(); begin != text.end();) {
    const auto first = std::find_if(begin, text.end(), belongs);
    const auto last = std::find_if_not(first, text.end(), belongs);
    if (first != last) names.emplace_back(first, last);
    begin = last;
  }
  return names;
}

PlanStep nothing(const std::string& path) {
  PlanStep step;
  step.kind = PlanStep::Kind::whole;
  step.path = path;
  return step;
}

}  // namespace

void Expansion::presume(const Symbol* symbol, std::vector<std::size_t>& presumed) const {
  if (symbol == nullptr) return;
  if (symbol->kind == Symbol::Kind::variable) presumed.push_back(symbol->index);
  if (symbol->kind != Symbol::Kind::population) return;
  for (std::size_t i = 0; i < draft_.plan.variables.size(); ++i) {
    if (draft_.plan.variables[i].population == symbol->index) presumed.push_back(i);
  }
}

void Expansion::presume_value(const Value& value, const Scope& scope, std::vector<std::size_t>& presumed) const {
  if (value.is_list()) {
    for (const Value& element : value.list()) presume_value(element, scope, presumed);
  } else if (is_expression(value)) {
    for (const std::string& name : identifiers(value.text())) presume(scope.find(name), presumed);
  } else if (value.is_text()) {
    presume(scope.find(value.text()), presumed);
  }
}

/// A component with these ports.
void Expansion::leave_out(const Site& site, const std::vector<PortRequest>& ports) {
  if (is_faulty(site)) return leave_out_anything(*site.home, site.path);  // some bindings could not be read
  StepFacts facts;
  std::vector<std::size_t> anything;
  const auto list_for = [&](Direction direction) -> std::vector<std::size_t>& {
    return direction == Direction::in ? facts.only_read : direction == Direction::out ? facts.only_written : anything;
  };
  const auto presume_bindings = [&](const std::vector<PortBinding>& bindings, const Scope& scope) {
    for (const PortBinding& binding : bindings) {
      presume_value(binding.value, scope, facts.presumed);
      presume_value(binding.value, scope, list_for(binding.direction));
    }
  };
  if (site.component != nullptr) presume_bindings(site.component->bindings, *site.origin);
  if (site.slot_bindings != nullptr) presume_bindings(*site.slot_bindings, *site.home);
  for (const PortRequest& port : ports) {
    presume(same_name(port, site), facts.presumed);
    presume(same_name(port, site), list_for(port.direction));
  }
  const std::size_t step = draft_.add_step(nothing(site.path), site.where);
  facts.where = site.where;
  draft_.step_facts[step] = std::move(facts);
}

/// In a picture, what nothing fills stands there as well.
void Expansion::leave_empty(const std::string& path) { draft_.add_step(nothing(path), {}); }

/// A component of which nothing is known might do anything to what it can see.
void Expansion::leave_out_anything(const Scope& scope, const std::string& path) {
  std::vector<std::size_t> presumed;
  for (const auto& [name, symbol] : scope.names) presume(&symbol, presumed);
  const std::size_t step = draft_.add_step(nothing(path), {});
  draft_.step_facts[step].presumed = std::move(presumed);
}

/// A component with a name that nothing has: the one with the nearest name was meant, if there is one.
void Expansion::leave_out_unknown(const Site& site) {
  std::vector<std::string> known;
  for (const auto& entry : draft_.registry.operators()) known.push_back(entry.name);
  for (const auto& entry : draft_.registry.graphs()) known.push_back(entry.name);
  const std::string meant = nearest_name(site.component->name, known);
  if (const OperatorTable* table = draft_.registry.find_operator(meant)) return leave_out(site, port_requests(*table));
  if (const auto graph = draft_.registry.find_graph(meant)) return leave_out(site, port_requests(*graph));
  leave_out_anything(*site.home, site.path);
}

/// A jump that is taken or not; returns its step.
std::size_t Expansion::leave_out_condition(const Scope& scope, const FlowItem& item) {
  PlanStep jump = nothing(scope.prefix + "flow");
  jump.kind = PlanStep::Kind::jump_if_not;
  const std::size_t step = draft_.add_step(std::move(jump), item.where);
  for (const std::string& name : identifiers(item.condition)) {
    presume(scope.find(name), draft_.step_facts[step].presumed);
  }
  return step;
}

}  // namespace skein::compiler
