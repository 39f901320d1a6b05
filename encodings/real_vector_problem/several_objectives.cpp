#include "skein/encodings/several_objectives.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "skein/encodings/real_vector_parameters.hpp"

namespace skein {
namespace {

enum EvaluatorPort : std::size_t { position_port, fitness_port };

constexpr std::array<PortSpec, 2> evaluator_ports = [] {
  std::array<PortSpec, 2> ports;
  PortSpec& position = ports[position_port];
  position.name = "position";
  position.type = "real[n,d]";
  position.summary = "the solutions";
  PortSpec& fitness = ports[fitness_port];
  fitness.name = "fitness";
  fitness.type = "fitness[n]";
  fitness.summary = "violation (always 0), and the objectives as they are minimized";
  fitness.direction = Direction::out;
  return ports;
}();

constexpr std::array<std::string_view, 1> evaluator_roles = {"evaluator"};

void* prepare_evaluation(const PrepareInput& input, Diagnostics&) { return const_cast<void*>(input.user); }

void keep_prepared(void*) {}

void evaluate(const void* prepared, const PortView* ports, RowContext& context) {
  const auto& kind = *static_cast<const SeveralObjectives*>(prepared);
  const In<double> position(ports[position_port]);
  const Out<double> fitness(ports[fitness_port]);
  for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
    fitness.row(row)[0] = 0.0;
    kind.function(position.row(row), position.width(), fitness.row(row) + 1);
  }
}

std::shared_ptr<const OperatorTable> make_evaluator(const SeveralObjectives& kind) {
  auto table = std::make_shared<OperatorTable>();
  table->name = "evaluate_objectives";
  table->summary = "computes the objectives of every row";
  table->can_fail = false;
  table->ports = evaluator_ports;
  table->roles = evaluator_roles;
  table->user = &kind;
  table->prepare = &prepare_evaluation;
  table->destroy_prepared = &keep_prepared;
  table->run_rows = &evaluate;
  return table;
}

std::vector<double> bounds(const std::vector<double>& first, std::size_t dimension) {
  std::vector<double> all = first;
  all.resize(dimension, first.back());
  return all;
}

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters, Diagnostics&) {
  const auto& kind = *static_cast<const SeveralObjectives*>(spec.user);
  auto problem = std::make_shared<Problem>();
  problem->name = spec.name;
  problem->encoding = "real_vector";
  problem->dimension = size_of(parameters.front());
  problem->objectives.clear();
  for (const std::string& name : kind.objectives) problem->objectives.push_back({name, Sense::minimize});
  problem->published.push_back({"lower", "real[d]", bounds(kind.lower, problem->dimension)});
  problem->published.push_back({"upper", "real[d]", bounds(kind.upper, problem->dimension)});
  if (!kind.reference_point.empty()) {
    const std::string type = "real[" + std::to_string(kind.reference_point.size()) + "]";
    problem->published.push_back({"reference_point", type, kind.reference_point});
  }
  problem->evaluator = make_evaluator(kind);
  return problem;
}

}  // namespace

ProblemSpec problem_spec(const SeveralObjectives& kind) {
  ProblemSpec spec;
  spec.name = kind.name;
  spec.summary = kind.summary;
  spec.source = kind.source;
  spec.encoding = "real_vector";
  spec.parameters = {dimension_spec(kind.dimension, kind.smallest_dimension)};
  spec.user = &kind;
  spec.create = &create;
  return spec;
}

}  // namespace skein
