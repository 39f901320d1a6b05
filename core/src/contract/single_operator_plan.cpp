#include "contract/single_operator_plan.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

#include "plan/pipelines.hpp"
#include "skein/archive.hpp"
#include "skein/history.hpp"
#include "skein/memory_state.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"
#include "skein/random.hpp"

namespace skein {
namespace {

std::unique_ptr<ObjectVariable> make_neighborhood() { return std::make_unique<Neighborhood>(); }
std::unique_ptr<ObjectVariable> make_memory() { return std::make_unique<MemoryState>(); }
std::unique_ptr<ObjectVariable> make_history() { return std::make_unique<BoundedHistory>(); }
std::unique_ptr<ObjectVariable> make_archive() { return std::make_unique<Archive>(); }

/// Does nothing.
struct Companion {
  static constexpr std::string_view name = "companion";
  static constexpr std::string_view summary = "does nothing";
  struct Ports {};
  static constexpr std::tuple<> ports{};
  static void run(const Ports&, RowContext&) noexcept {}
};

/// What operators call: fitness <- (0, sum of squares, 0, …).
struct SumOfSquares {
  static constexpr std::string_view name = "sum_of_squares";
  static constexpr std::string_view summary = "sum of squares";
  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "real[n,d]", "solutions"),
                                           out("fitness", &Ports::fitness, "fitness[n]", "their fitness")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t i = 0; i < io.fitness.width(); ++i) io.fitness(row, i) = 0;
      for (std::size_t i = 0; i < io.position.width(); ++i) {
        io.fitness(row, 1) += io.position(row, i) * io.position(row, i);
      }
    }
  }
};

/// A plan that evaluates one solution, as a child that is called.
PlanChild called_plan(std::size_t dimension, std::size_t objectives) {
  auto plan = std::make_shared<Plan>();
  plan->name = "evaluation";
  plan->dimension = dimension;
  plan->populations = {{"points", 1, 1}};
  for (const auto& [name, width] :
       {std::pair{"points.position", dimension}, std::pair{"points.fitness", 1 + objectives}}) {
    PlanVariable variable;
    variable.name = name;
    variable.population = 0;
    variable.parts = {{Element::real, width}};
    plan->variables.push_back(std::move(variable));
  }
  PlanStep step;
  step.path = "evaluate";
  step.table = &operator_table<SumOfSquares>();
  step.population = 0;
  step.ports = {PlanBinding::to_variable(0), PlanBinding::to_variable(1)};
  step.counts_evaluations = true;
  step.fitness_port = 1;
  plan->steps.push_back(std::move(step));
  PlanChild child;
  child.plan = std::move(plan);
  child.per_row_of = swarm_index;
  child.call_solution = 0;
  child.call_fitness = 1;
  return child;
}

std::vector<double> initial(const PortSpec& port, const TypeName& type) {
  if (!port.initial.empty()) return {std::strtod(std::string(port.initial).c_str(), nullptr)};
  return {type.element == "fitness" ? std::numeric_limits<double>::infinity() : 0.0};
}

}  // namespace

std::size_t axis_size(std::string_view axis, std::size_t dimension) noexcept {
  if (axis == "d") return dimension;
  std::size_t size = 0;
  for (const char digit : axis) {
    if (digit < '0' || digit > '9') return 3;
    size = 10 * size + static_cast<std::size_t>(digit - '0');
  }
  return size;
}

std::shared_ptr<Plan> SingleOperatorPlan::build(Diagnostics& diagnostics) {
  const OperatorTable& table = source_.table_;
  plan_ = std::make_shared<Plan>();
  plan_->name = "single operator";
  plan_->dimension = source_.dimension_;
  plan_->populations = {{"swarm", source_.rows_, source_.capacity_}, {"other", source_.rows_, source_.capacity_}};

  PlanStep step;
  step.path = std::string(table.name);
  step.table = &table;
  step.kind = table.kind == OperatorKind::row        ? PlanStep::Kind::row
              : table.kind == OperatorKind::reducing ? PlanStep::Kind::reducing
                                                     : PlanStep::Kind::whole;
  if (table.kind != OperatorKind::step) step.population = swarm_index;
  for (const PortSpec& port : table.ports) step.ports.push_back(binding(port));
  for (const StreamSpec& stream : table.streams) {
    const auto pinned = source_.streams_.find(stream.name);
    const std::string name = pinned != source_.streams_.end() ? pinned->second
                             : stream.name.empty()            ? step.path
                                                              : step.path + "/" + std::string(stream.name);
    step.streams.push_back(plan_->streams.size());
    plan_->streams.push_back({name, hash_name(name)});
  }
  if (!prepare(step, diagnostics)) return nullptr;
  plan_->steps.push_back(std::move(step));
  if (source_.in_pipeline_) add_companion();
  return plan_;
}

// An operator that does nothing goes first, so that the operator is called strip by strip.
void SingleOperatorPlan::add_companion() {
  PlanStep step;
  step.path = "companion";
  step.table = &operator_table<Companion>();
  step.population = swarm_index;
  plan_->steps.insert(plan_->steps.begin(), std::move(step));
  form_pipelines(*plan_);
}

bool SingleOperatorPlan::prepare(PlanStep& step, Diagnostics& diagnostics) const {
  const OperatorTable& table = source_.table_;
  std::vector<Value> parameters;
  for (const ParameterSpec& spec : table.parameters) {
    const auto given = source_.parameters_.find(spec.name);
    parameters.push_back(given != source_.parameters_.end() ? given->second : default_value(spec));
  }
  const std::vector<AxisSize> sizes = axes();
  const std::vector<BoundPort> ports = bound_ports(step);
  void* prepared = table.prepare({table.user, parameters, ports, sizes, step.path, table.ports}, diagnostics);
  if (diagnostics.has_errors()) return false;
  step.prepared = std::shared_ptr<const void>(
      prepared, [destroy = table.destroy_prepared](const void* data) { destroy(const_cast<void*>(data)); });
  return true;
}

std::vector<AxisSize> SingleOperatorPlan::axes() const {
  std::vector<AxisSize> sizes = {{"d", source_.dimension_}};
  for (const PortSpec& port : source_.table_.ports) {
    const auto type = parse_type(port.type);
    for (const std::string& axis : type ? type->axes : std::vector<std::string>()) {
      const bool is_size = axis != "n" && axis != "m" && std::isdigit(static_cast<unsigned char>(axis.front())) == 0;
      const bool is_known = std::ranges::find(sizes, axis, &AxisSize::name) != sizes.end();
      if (is_size && !is_known) sizes.push_back({axis, axis_size(axis, source_.dimension_)});
    }
  }
  return sizes;
}

std::vector<BoundPort> SingleOperatorPlan::bound_ports(const PlanStep& step) const {
  std::vector<BoundPort> ports;
  for (const PlanBinding& binding : step.ports) {
    BoundPort port;
    port.bound = binding.kind != PlanBinding::Kind::none;
    if (binding.kind == PlanBinding::Kind::population) port.population = binding.index;
    if (binding.kind == PlanBinding::Kind::variable) port.population = plan_->variables[binding.index].population;
    port.rows = source_.rows_;
    port.capacity = source_.capacity_;
    ports.push_back(std::move(port));
  }
  return ports;
}

std::vector<Part> SingleOperatorPlan::parts(const TypeName& type) const {
  if (type.is_variable()) return source_.bundle_;
  if (type.element == "fitness") return {{Element::real, 1 + source_.objectives_}};
  Part part;
  if (type.element == "integer") part.element = Element::integer;
  if (type.element == "binary") part.element = Element::binary;
  if (type.element == "boolean") part.element = Element::boolean;
  if (type.element == "index") {
    part.element = Element::index;
    part.indexed_population = swarm_index;
  }
  for (const std::string& axis : type.axes) {
    if (axis == "n" || axis == "m") continue;
    part.width *= axis_size(axis, source_.dimension_);
  }
  return {part};
}

PlanBinding SingleOperatorPlan::binding(const PortSpec& port) {
  if (port.type == "population") {
    return PlanBinding::to_population(populations_++ == 0 ? swarm_index : swarm_index + 1);
  }
  if (port.kind == PortKind::callable) {
    PlanBinding callable;
    callable.kind = PlanBinding::Kind::callable;
    callable.child = plan_->children.size();
    plan_->children.push_back(called_plan(source_.dimension_, source_.objectives_));
    return callable;
  }
  const auto given = source_.bindings_.find(port.name);
  const bool is_given = given != source_.bindings_.end();
  if (is_given && !given->second.shared_with.empty()) {
    for (std::size_t i = 0; i < plan_->variables.size(); ++i) {
      if (plan_->variables[i].name == given->second.shared_with) return PlanBinding::to_variable(i);
    }
    throw std::logic_error("a port can share only with one before it");
  }
  if (port.optional && !is_given) return {};

  const bool other_type = is_given && !given->second.type.empty();
  const auto type = parse_type(other_type ? given->second.type : port.type);
  if (!type) throw std::logic_error("bad type of port " + std::string(port.name));
  if (port.kind == PortKind::scratch) {
    PlanBinding scratch;
    scratch.kind = PlanBinding::Kind::scratch;
    scratch.scratch_parts = parts(*type);
    return scratch;
  }

  PlanVariable variable;
  variable.name = port.name;
  // A broadcast port whose default fills it takes a global.
  const bool by_default = !is_given && port.broadcast && !port.initial.empty();
  if (type->is_column() && !by_default) variable.population = swarm_index;
  if (type->element == "neighborhood") {
    variable.create_object = &make_neighborhood;
    variable.object_population = swarm_index;
  } else if (type->element == "history") {
    variable.create_object = &make_history;
  } else if (type->element == "memory") {
    variable.create_object = &make_memory;
  } else if (type->element == Archive::type) {
    variable.create_object = &make_archive;
  } else {
    variable.parts = parts(*type);
    if (by_default) variable.parts.front().width = 1;
    variable.initial = initial(port, *type);
  }
  const bool fails = source_.table_.kind == OperatorKind::row && source_.table_.can_fail;
  variable.shadowed = fails && port.direction == Direction::out;
  plan_->variables.push_back(std::move(variable));
  return PlanBinding::to_variable(plan_->variables.size() - 1);
}

}  // namespace skein
