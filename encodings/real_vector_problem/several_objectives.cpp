#include "skein/encodings/several_objectives.hpp"

#include <utility>

#include "skein/encodings/real_vector_parameters.hpp"

namespace skein {
namespace {

void evaluate(const void* data, const In<double>& position, Rows rows, double* values) noexcept {
  const auto& kind = *static_cast<const SeveralObjectives*>(data);
  for (std::size_t i = 0; i < rows.count(); ++i) {
    kind.function(position.row(rows.first + i), position.width(), values + i * kind.objectives.size());
  }
}

std::vector<double> bounds(const std::vector<double>& first, std::size_t dimension) {
  std::vector<double> all = first;
  all.resize(dimension, first.back());
  return all;
}

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters,
                                      Diagnostics& diagnostics) {
  const auto& kind = *static_cast<const SeveralObjectives*>(spec.user);
  RealVectorProblem description;
  description.name = spec.name;
  description.dimension = size_of(parameters.front());
  description.lower = bounds(kind.lower, description.dimension);
  description.upper = bounds(kind.upper, description.dimension);
  description.objectives = kind.objectives;
  description.reference_point = kind.reference_point;
  description.tile_function = &evaluate;
  // The kind outlives the registry and all that is made with it.
  description.data = std::shared_ptr<const void>(std::shared_ptr<const void>(), &kind);
  description.host_arithmetic = false;
  return make_problem(std::move(description), diagnostics);
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
