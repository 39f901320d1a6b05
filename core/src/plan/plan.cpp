#include "plan/plan.hpp"

#include <bit>

#include "skein/random.hpp"

namespace skein {
namespace {

/// An order-dependent hash of numbers and names.
class Fingerprint {
 public:
  void add(std::uint64_t number) noexcept { value_ = combine_hash(value_, number); }
  void add(std::string_view name) noexcept { add(hash_name(name)); }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void add(Enum number) noexcept { add(static_cast<std::uint64_t>(number)); }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_ = 0;
};

void add_parts(Fingerprint& fingerprint, const std::vector<Part>& parts) {
  fingerprint.add(parts.size());
  for (const Part& part : parts) {
    fingerprint.add(part.element);
    fingerprint.add(part.width);
    fingerprint.add(part.indexed_population);
  }
}

void add_variable(Fingerprint& fingerprint, const PlanVariable& variable) {
  fingerprint.add(variable.name);
  fingerprint.add(variable.population);
  add_parts(fingerprint, variable.parts);
  fingerprint.add(variable.initial.size());
  for (const double number : variable.initial) fingerprint.add(std::bit_cast<std::uint64_t>(number));
  fingerprint.add(std::uint64_t{variable.create_object != nullptr});
  if (variable.create_object != nullptr) fingerprint.add(variable.create_object()->type_name());
  fingerprint.add(variable.object_population);
  fingerprint.add(std::uint64_t{variable.external});
}

void add_binding(Fingerprint& fingerprint, const PlanBinding& binding) {
  fingerprint.add(binding.kind);
  fingerprint.add(binding.index);
  fingerprint.add(binding.child);
  fingerprint.add(std::uint64_t{binding.child_population});
  fingerprint.add(binding.members.size());
  for (const PlanBinding& member : binding.members) add_binding(fingerprint, member);
  add_parts(fingerprint, binding.scratch_parts);
}

void add_step(Fingerprint& fingerprint, const PlanStep& step) {
  fingerprint.add(step.kind);
  fingerprint.add(step.path);
  if (step.table != nullptr) {
    fingerprint.add(step.table->name);
    fingerprint.add(step.table->revision);
    fingerprint.add(std::uint64_t{step.table->can_fail});
  }
  fingerprint.add(step.parameters_hash);
  fingerprint.add(step.population);
  fingerprint.add(step.only_row);
  fingerprint.add(step.ports.size());
  for (const PlanBinding& binding : step.ports) add_binding(fingerprint, binding);
  fingerprint.add(step.streams.size());
  for (const std::size_t stream : step.streams) fingerprint.add(stream);
  fingerprint.add(std::uint64_t{step.counts_evaluations});
  fingerprint.add(step.expression_inputs.size());
  for (const std::size_t input : step.expression_inputs) fingerprint.add(input);
  fingerprint.add(step.target);
  fingerprint.add(step.destination);
  fingerprint.add(step.child);
  fingerprint.add(std::uint64_t{step.restart});
  fingerprint.add(step.entry);
}

void add_child(Fingerprint& fingerprint, const PlanChild& child) {
  fingerprint.add(plan_fingerprint(*child.plan));
  fingerprint.add(child.count);
  fingerprint.add(child.per_row_of);
  fingerprint.add(child.call_solution);
  fingerprint.add(child.call_fitness);
  fingerprint.add(child.links.size());
  for (const PlanChild::Link& link : child.links) {
    fingerprint.add(link.child_variable);
    fingerprint.add(link.parent_variable);
    fingerprint.add(std::uint64_t{link.row});
  }
}

}  // namespace

std::uint64_t plan_fingerprint(const Plan& plan) {
  Fingerprint fingerprint;
  fingerprint.add(plan.dimension);
  fingerprint.add(plan.problem_hash);
  fingerprint.add(plan.populations.size());
  for (const PlanPopulation& population : plan.populations) {
    fingerprint.add(population.name);
    fingerprint.add(population.rows);
    fingerprint.add(population.capacity);
  }
  fingerprint.add(plan.variables.size());
  for (const PlanVariable& variable : plan.variables) add_variable(fingerprint, variable);
  fingerprint.add(plan.streams.size());
  for (const PlanStream& stream : plan.streams) fingerprint.add(stream.hash);
  fingerprint.add(plan.children.size());
  for (const PlanChild& child : plan.children) add_child(fingerprint, child);
  fingerprint.add(plan.steps.size());
  for (const PlanStep& step : plan.steps) add_step(fingerprint, step);
  return fingerprint.value();
}

}  // namespace skein
