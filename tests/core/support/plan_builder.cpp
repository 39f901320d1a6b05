#include "tests/core/support/plan_builder.hpp"

#include <stdexcept>

#include "plan/pipelines.hpp"
#include "skein/random.hpp"

namespace skein::test {
namespace {

std::optional<PlanBinding> binding_of(const Ports& ports, std::string_view name) {
  for (const auto& [port, binding] : ports) {
    if (port == name) return binding;
  }
  return std::nullopt;
}

Value value_of(const ParameterSpec& spec, const Parameters& parameters) {
  for (const auto& [name, value] : parameters) {
    if (name == spec.name) return value;
  }
  if (spec.type == ParameterType::integer) return Value(std::int64_t{std::stoll(std::string(spec.initial))});
  return Value(std::stod(std::string(spec.initial)));
}

std::shared_ptr<const void> prepare(const OperatorTable& table, const std::string& path, const Parameters& given) {
  std::vector<Value> parameters;
  for (const ParameterSpec& spec : table.parameters) parameters.push_back(value_of(spec, given));
  Diagnostics diagnostics;
  void* const prepared = table.prepare({table.user, parameters, {}, {}, path}, diagnostics);
  if (prepared == nullptr) throw std::invalid_argument("the operator of " + path + " refuses its parameters");
  return {prepared, table.destroy_prepared};
}

PlanStep::Kind step_kind(OperatorKind kind) {
  if (kind == OperatorKind::row) return PlanStep::Kind::row;
  return kind == OperatorKind::reducing ? PlanStep::Kind::reducing : PlanStep::Kind::whole;
}

}  // namespace

PlanBinding group(std::vector<PlanBinding> members) {
  PlanBinding binding;
  binding.kind = PlanBinding::Kind::group;
  binding.members = std::move(members);
  return binding;
}

PlanBinding scratch(std::size_t width) {
  PlanBinding binding;
  binding.kind = PlanBinding::Kind::scratch;
  binding.scratch_parts = {real_part(width)};
  return binding;
}

PlanBinding of_children(std::size_t child, std::size_t index, bool is_population) {
  PlanBinding binding;
  binding.kind = PlanBinding::Kind::children;
  binding.child = child;
  binding.index = index;
  binding.child_population = is_population;
  return binding;
}

PlanBinding callable_child(std::size_t child) {
  PlanBinding binding;
  binding.kind = PlanBinding::Kind::callable;
  binding.child = child;
  return binding;
}

PlanBuilder::PlanBuilder(std::size_t dimension) : plan_(std::make_shared<Plan>()) { plan_->dimension = dimension; }

std::size_t PlanBuilder::population(std::string name, std::size_t rows, std::size_t capacity) {
  plan_->populations.push_back({std::move(name), rows, capacity});
  return plan_->populations.size() - 1;
}

std::size_t PlanBuilder::column(std::size_t population, std::string name, std::vector<Part> parts,
                                std::vector<double> initial) {
  PlanVariable variable;
  variable.name = population == no_population ? std::move(name) : plan_->populations[population].name + "." + name;
  variable.population = population;
  variable.parts = std::move(parts);
  variable.initial = std::move(initial);
  plan_->variables.push_back(std::move(variable));
  return plan_->variables.size() - 1;
}

std::size_t PlanBuilder::global(std::string name, Element element, double initial, std::size_t width) {
  return column(no_population, std::move(name), {{element, width, no_population}}, {initial});
}

std::size_t PlanBuilder::object(std::string name, ObjectFactory factory, std::size_t population) {
  const std::size_t index = column(no_population, std::move(name), {});
  plan_->variables[index].create_object = factory;
  plan_->variables[index].object_population = population;
  return index;
}

std::size_t PlanBuilder::external(std::string name, std::vector<Part> parts, std::size_t population) {
  const std::size_t index = column(population, std::move(name), std::move(parts));
  plan_->variables[index].external = true;
  return index;
}

std::size_t PlanBuilder::child(std::shared_ptr<const Plan> plan, std::size_t count,
                               std::vector<PlanChild::Link> links) {
  plan_->children.push_back({std::move(plan), count, no_population, std::move(links)});
  return plan_->children.size() - 1;
}

std::size_t PlanBuilder::child_per_row(std::shared_ptr<const Plan> plan, std::size_t population,
                                       std::vector<PlanChild::Link> links) {
  plan_->children.push_back({std::move(plan), 0, population, std::move(links)});
  return plan_->children.size() - 1;
}

std::size_t PlanBuilder::called_child(std::shared_ptr<const Plan> plan, std::size_t population, std::size_t solution,
                                      std::size_t fitness) {
  const std::size_t index = child_per_row(std::move(plan), population, {});
  plan_->children[index].call_solution = solution;
  plan_->children[index].call_fitness = fitness;
  return index;
}

PlanStep& PlanBuilder::add_step(const OperatorTable& table, std::string path, std::size_t population,
                                const Ports& ports, const Parameters& parameters) {
  PlanStep step;
  step.kind = step_kind(table.kind);
  step.path = std::move(path);
  step.table = &table;
  step.population = population;
  step.prepared = prepare(table, step.path, parameters);
  for (const PortSpec& port : table.ports) step.ports.push_back(binding_of(ports, port.name).value_or(PlanBinding{}));
  for (const StreamSpec& spec : table.streams) {
    step.streams.push_back(stream(spec.name.empty() ? step.path : step.path + "/" + std::string(spec.name)));
  }
  plan_->steps.push_back(std::move(step));
  return plan_->steps.back();
}

PlanStep& PlanBuilder::as_evaluator(PlanStep& step) {
  step.counts_evaluations = true;
  for (std::size_t port = 0; port < step.table->ports.size(); ++port) {
    if (step.table->ports[port].name == "fitness") step.fitness_port = port;
  }
  return step;
}

std::size_t PlanBuilder::stream(const std::string& name) {
  for (std::size_t i = 0; i < plan_->streams.size(); ++i) {
    if (plan_->streams[i].name == name) return i;
  }
  plan_->streams.push_back({name, hash_name(name)});
  return plan_->streams.size() - 1;
}

void PlanBuilder::compute(std::string path, std::string_view expression, std::size_t target) {
  PlanStep step;
  step.kind = PlanStep::Kind::compute;
  step.path = std::move(path);
  ExpressionContext context;
  context.resolve = [&](std::string_view name) -> std::optional<ExpressionVariable> {
    for (std::size_t i = 0; i < plan_->variables.size(); ++i) {
      if (plan_->variables[i].name != name) continue;
      step.expression_inputs.push_back(i);
      const Element element = plan_->variables[i].parts[0].element;
      const ScalarType type = element == Element::real      ? ScalarType::real
                              : element == Element::boolean ? ScalarType::boolean
                                                            : ScalarType::integer;
      return ExpressionVariable{step.expression_inputs.size() - 1, type};
    }
    return std::nullopt;
  };
  Diagnostics diagnostics;
  step.expression = Expression::compile(expression, context, diagnostics);
  if (!step.expression) throw std::invalid_argument(to_text(diagnostics.items()[0]));
  step.target = target;
  plan_->steps.push_back(std::move(step));
}

PlanStep& PlanBuilder::enter(std::string path, std::size_t child, bool parallel) {
  PlanStep step;
  step.kind = PlanStep::Kind::children;
  step.path = std::move(path);
  step.child = child;
  step.parallel = parallel;
  plan_->steps.push_back(std::move(step));
  return plan_->steps.back();
}

void PlanBuilder::jump(std::size_t destination) {
  PlanStep step;
  step.kind = PlanStep::Kind::jump;
  step.path = "jump";
  step.destination = destination;
  plan_->steps.push_back(std::move(step));
}

void PlanBuilder::repeat_until(std::size_t boolean, std::size_t destination) {
  PlanStep step;
  step.kind = PlanStep::Kind::jump_if_not;
  step.path = "repeat";
  step.target = boolean;
  step.destination = destination;
  plan_->steps.push_back(std::move(step));
}

void PlanBuilder::repeat(std::size_t first, std::size_t passes) {
  const std::string counter = "counter" + std::to_string(plan_->variables.size());
  const std::size_t count = global(counter, Element::integer);
  const std::size_t stop = global("stop_" + counter, Element::boolean);
  compute("count", counter + " + 1", count);
  compute("stop?", counter + " >= " + std::to_string(passes), stop);
  repeat_until(stop, first);
}

std::shared_ptr<const Plan> PlanBuilder::build() {
  form_pipelines(*plan_);
  return std::move(plan_);
}

}  // namespace skein::test
