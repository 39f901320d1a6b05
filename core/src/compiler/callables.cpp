// Callable ports: what an operator calls becomes a small plan of its own, with one row that takes the solution.
#include <algorithm>
#include <utility>

#include "compiler/expansion.hpp"
#include "skein/graph_builder.hpp"

namespace skein::compiler {

namespace {

const char* const evaluator_role = "evaluator";

/// What fills the slot for evaluators of the graph in whose flow the operator stands; nothing when there is no such
/// slot, or when it holds the problem's own evaluator.
const Component* chosen_evaluator(const Scope& home) {
  const auto slot = std::ranges::find(home.graph->slots, evaluator_role, &GraphSlot::role);
  if (slot == home.graph->slots.end()) return nullptr;
  const auto content = home.slots.find(slot->name);
  if (content == home.slots.end() || content->second.entries.empty()) return nullptr;
  return content->second.entries.front().component;
}

std::shared_ptr<const Graph> evaluation_of_one() {
  GraphBuilder graph("evaluation");
  graph.population("points", 1, {column("position", "solution[n]"), column("fitness", "fitness[n]")});
  graph.slot(evaluator_role, evaluator_role).node("evaluate", slot(evaluator_role)).flow({"evaluate"});
  return std::make_shared<const Graph>(graph.build());
}

std::size_t find_variable(const Plan& plan, const char* name) {
  const auto found = std::ranges::find(plan.variables, name, &PlanVariable::name);
  return static_cast<std::size_t>(found - plan.variables.begin());
}

const PlanStep* step_that_waits(const Plan& plan) {
  const auto waits = [](const PlanStep& step) { return step.table != nullptr && step.table->can_wait; };
  const auto step = std::ranges::find_if(plan.steps, waits);
  return step == plan.steps.end() ? nullptr : &*step;
}

}  // namespace

/// The plan that the port calls. One plan serves all occurrences of a node.
std::optional<PlanBinding> Expansion::bind_callable(const Site& site, const PortSpec& spec, std::size_t population) {
  PlanBinding binding;
  binding.kind = PlanBinding::Kind::callable;
  const std::string path = site.path + "/" + std::string(spec.name);
  const auto known = callables_.find(path);
  if (known != callables_.end() && known->second < draft_.plan.children.size()) {
    binding.child = known->second;
    return binding;
  }
  auto plan = callable_plan(site, path);
  if (plan == nullptr) return std::nullopt;
  if (const PlanStep* waiting = step_that_waits(*plan)) {
    report("evaluator-waits", site.where, path,
           "'" + site.path + "' evaluates solutions itself, but the evaluator '" + std::string(waiting->table->name) +
               "' waits for results from outside.",
           "an evaluator that answers when it is called", "'" + std::string(waiting->table->name) + "', which waits",
           "Leave out '" + site.path + "', or use an evaluator that does not wait.");
    return std::nullopt;
  }
  PlanChild child;
  child.per_row_of = population;
  child.call_solution = find_variable(*plan, "points.position");
  child.call_fitness = find_variable(*plan, "points.fitness");
  child.plan = std::move(plan);
  binding.child = draft_.plan.children.size();
  callables_.insert_or_assign(path, binding.child);
  draft_.plan.children.push_back(std::move(child));
  return binding;
}

/// Inside of what is called, callable ports are the problem's evaluator: nothing calls itself.
std::shared_ptr<const Plan> Expansion::callable_plan(const Site& site, const std::string& path) {
  CompilerInput input;
  input.algorithm = evaluation_of_one();
  input.problem = std::shared_ptr<const Problem>(std::shared_ptr<const Problem>(), &draft_.problem);
  input.where = site.where;
  input.purpose = Purpose::evaluation;
  const Component* const chosen = called_ ? nullptr : chosen_evaluator(*site.home);
  if (chosen != nullptr) input.slots.push_back({evaluator_role, {{evaluator_role, *chosen}}, false, chosen->where});
  input.called = true;
  Diagnostics found;
  auto plan = compile(draft_.registry, input, found);
  for (Diagnostic diagnostic : found.items()) {
    diagnostic.path = path + "/" + diagnostic.path;
    diagnostics_.add(std::move(diagnostic));
  }
  return plan;
}

}  // namespace skein::compiler
