#include "compiler/unused.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compiler/expressions.hpp"
#include "compiler/influence.hpp"
#include "documents/joined.hpp"
#include "skein/json.hpp"

namespace skein::compiler {

namespace {

/// Other values of a parameter: some that are near, some that are far. None where it is not known what they could be.
std::vector<Value> other_values(const GraphParameter& parameter, const Value& given) {
  std::vector<Value> others;
  if (parameter.type == ParameterType::choice) {
    for (const std::string& choice : parameter.choices) {
      if (!given.is_text() || given.text() != choice) others.emplace_back(choice);
    }
    return others;
  }
  if (is_expression(given)) {
    const std::string text = "(" + given.text().substr(1) + ")";
    if (parameter.type == ParameterType::boolean) others.emplace_back("= not " + text);
    if (parameter.type == ParameterType::integer) {
      for (const char* change : {" + 1", " * 2 + 3", " - 1"}) others.emplace_back("= " + text + change);
    }
    if (parameter.type == ParameterType::real) {
      for (const char* change : {" * 0.5", " * 2 + 1", " + 0.37"}) others.emplace_back("= " + text + change);
    }
    return others;
  }
  if (given.is_boolean() && parameter.type == ParameterType::boolean) return {Value(!given.boolean())};
  if (!given.is_number()) return {};
  const double number = given.number();
  const auto add = [&](double other) {
    const bool in_range = other >= parameter.minimum.value_or(other) && other <= parameter.maximum.value_or(other);
    if (!in_range || !std::isfinite(other) || other == number) return;
    if (parameter.type == ParameterType::real) others.emplace_back(other);
    if (parameter.type == ParameterType::integer && std::abs(other) < 0x1p53) {
      others.emplace_back(static_cast<std::int64_t>(other));
    }
  };
  if (parameter.type == ParameterType::integer) {
    for (const double other : {number + 1, 2 * number + 3, number - 1}) add(other);
  } else if (parameter.type == ParameterType::real) {
    for (const double other : {0.5 * number, 2 * number + 1, number + 0.37}) add(other);
  }
  return others;
}

/// Whether two bindings mean the same in their drafts, where a constant is what it is worth.
bool same_binding(const Draft& first, const PlanBinding& a, const Draft& second, const PlanBinding& b) {
  if (a.kind != b.kind || a.members.size() != b.members.size()) return false;
  for (std::size_t i = 0; i < a.members.size(); ++i) {
    if (!same_binding(first, a.members[i], second, b.members[i])) return false;
  }
  if (a.kind != PlanBinding::Kind::variable) return true;
  return first.plan.variables[a.index].name == second.plan.variables[b.index].name;
}

/// Whether both drafts have the same steps over the same populations, up to numbers.
bool same_structure(const Draft& first, const Draft& second) {
  const Plan& a = first.plan;
  const Plan& b = second.plan;
  if (a.steps.size() != b.steps.size() || a.populations.size() != b.populations.size()) return false;
  for (std::size_t i = 0; i < a.populations.size(); ++i) {
    if (a.populations[i].rows != b.populations[i].rows || a.populations[i].capacity != b.populations[i].capacity) {
      return false;
    }
  }
  for (std::size_t i = 0; i < a.steps.size(); ++i) {
    const PlanStep& left = a.steps[i];
    const PlanStep& right = b.steps[i];
    if (left.kind != right.kind || left.path != right.path || left.table != right.table ||
        left.destination != right.destination || left.ports.size() != right.ports.size()) {
      return false;
    }
  }
  return true;
}

bool same_step(const Draft& first, const Draft& second, std::size_t step) {
  const PlanStep& a = first.plan.steps[step];
  const PlanStep& b = second.plan.steps[step];
  if (a.parameters_hash != b.parameters_hash || a.expression_inputs.size() != b.expression_inputs.size()) return false;
  const auto name = [](const Draft& draft, std::size_t variable) -> const std::string& {
    return draft.plan.variables[variable].name;
  };
  for (std::size_t i = 0; i < a.expression_inputs.size(); ++i) {
    if (name(first, a.expression_inputs[i]) != name(second, b.expression_inputs[i])) return false;
  }
  const bool reads = a.kind == PlanStep::Kind::jump_if_not && a.target != no_index && b.target != no_index;
  if (reads && name(first, a.target) != name(second, b.target)) return false;
  for (std::size_t i = 0; i < a.ports.size(); ++i) {
    if (!same_binding(first, a.ports[i], second, b.ports[i])) return false;
  }
  return true;
}

class UnusedCheck {
 public:
  UnusedCheck(const Draft& draft, const CompilerInput& input, const Drafting& drafting, Diagnostics& diagnostics)
      : draft_(draft), input_(input), drafting_(drafting), diagnostics_(diagnostics), influence_(draft) {}

  void check_parameters() {
    for (const Member& given : input_.parameters) {
      const auto declared = std::ranges::find(input_.algorithm->parameters, given.key, &GraphParameter::name);
      if (declared == input_.algorithm->parameters.end() || is_used(*declared, given.value)) continue;
      diagnostics_.add({"unused-parameter", Severity::warning,
                        given.key_where.is_known() ? given.key_where : given.value.where,
                        "algorithm/parameters/" + given.key,
                        "Parameter '" + given.key + "' of algorithm '" + input_.algorithm->name +
                            "' has no influence here: nothing that fills the slots uses it.",
                        "a parameter that something uses", write_json(given.value, JsonLayout::one_line), ""});
    }
  }

  void check_slots() {
    for (const SlotFilling& filling : input_.slots) {
      const bool is_given = std::ranges::find(input_.given_slots, filling.slot) != input_.given_slots.end();
      const bool is_empty = std::ranges::all_of(
          filling.fillers, [](const Node& filler) { return filler.component.kind == Component::Kind::empty; });
      if (!is_given || is_empty || is_used(filling.slot)) continue;
      diagnostics_.add({"unused-slot", Severity::warning, filling.where, "algorithm/slots/" + filling.slot,
                        "What fills slot '" + filling.slot + "' of algorithm '" + input_.algorithm->name +
                            "' has no influence here: nothing uses what it does.",
                        "something that others use", written_by(filling.slot), ""});
    }
  }

 private:
  [[nodiscard]] bool belongs(std::size_t step, const std::string& slot) const {
    const GraphSlot* filled = draft_.step_facts[step].slot;
    return filled != nullptr && filled->name == slot;
  }

  [[nodiscard]] bool is_used(const std::string& slot) const {
    for (std::size_t i = 0; i < draft_.plan.steps.size(); ++i) {
      if (belongs(i, slot) && influence_.has_step(i)) return true;
    }
    return false;
  }

  [[nodiscard]] std::string written_by(const std::string& slot) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < draft_.plan.steps.size(); ++i) {
      if (!belongs(i, slot)) continue;
      for (const std::size_t variable : effects_of(draft_, draft_.plan.steps[i]).writes) {
        const PlanVariable& written = draft_.plan.variables[variable];
        const bool is_known = std::ranges::find(names, written.name) != names.end();
        if (!written.hidden && draft_.facts[variable].declared && !is_known) names.push_back(written.name);
      }
    }
    return names.empty() ? "nothing is written" : "writes " + joined(names);
  }

  [[nodiscard]] bool is_used(const GraphParameter& parameter, const Value& given) const {
    bool tried = false;
    for (const Value& other : other_values(parameter, given)) {
      CompilerInput changed = input_;
      std::ranges::find(changed.parameters, parameter.name, &Member::key)->value = other;
      Diagnostics found;
      const auto draft = drafting_(changed, found);
      if (draft == nullptr && is_refused(parameter, found)) continue;
      tried = true;
      if (draft == nullptr || differs(*draft)) return true;
    }
    return !tried;
  }

  /// Whether the value itself was out of the parameter's range: it says nothing of what uses it.
  static bool is_refused(const GraphParameter& parameter, const Diagnostics& found) {
    const std::string path = "algorithm/parameters/" + parameter.name;
    return std::ranges::all_of(found.items(), [&path](const Diagnostic& finding) {
      return finding.severity != Severity::error || finding.path == path;
    });
  }

  /// Whether the other draft leads to another result.
  [[nodiscard]] bool differs(const Draft& other) const {
    if (!same_structure(draft_, other)) return true;
    for (std::size_t i = 0; i < draft_.plan.steps.size(); ++i) {
      if (influence_.has_step(i) && !same_step(draft_, other, i)) return true;
    }
    const auto& variables = other.plan.variables;
    for (std::size_t i = 0; i < draft_.plan.variables.size(); ++i) {
      const PlanVariable& own = draft_.plan.variables[i];
      if (draft_.facts[i].constant || !influence_.has_variable(i)) continue;
      const auto found = std::ranges::find(variables, own.name, &PlanVariable::name);
      if (found == variables.end() || found->initial != own.initial || found->parts != own.parts) return true;
    }
    return false;
  }

  const Draft& draft_;
  const CompilerInput& input_;
  const Drafting& drafting_;
  Diagnostics& diagnostics_;
  Influence influence_;
};

}  // namespace

void check_unused(const Draft& draft, const CompilerInput& input, const Drafting& drafting, Diagnostics& diagnostics) {
  UnusedCheck check(draft, input, drafting, diagnostics);
  check.check_parameters();
  check.check_slots();
}

}  // namespace skein::compiler
