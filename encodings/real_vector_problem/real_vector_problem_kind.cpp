#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "skein/encodings/real_vector_parameters.hpp"
#include "skein/json.hpp"

namespace skein {
namespace {

enum Parameter : std::size_t {
  dimension_parameter,
  lower_parameter,
  upper_parameter,
  negate_parameter,
  own_parameters
};

std::vector<ParameterSpec> parameters_of(const RealVectorProblemKind& kind) {
  ParameterSpec negate;
  negate.name = "negate";
  negate.type = ParameterType::boolean;
  negate.summary = "whether the objective is -f, with the opposite sense";
  negate.initial = "false";

  std::vector<ParameterSpec> parameters = {
      dimension_spec(kind.dimension, kind.smallest_dimension, kind.largest_dimension), lower_bound_spec(kind.lower),
      upper_bound_spec(kind.upper), negate};
  parameters.insert(parameters.end(), kind.parameters.begin(), kind.parameters.end());
  return parameters;
}

/// The function's value at one point.
double value_at(std::vector<double> point, const RealVectorProblem& problem) {
  if (point.size() == 1) point.resize(problem.dimension, point.front());
  const ColumnView column{reinterpret_cast<std::byte*>(point.data()), 0, point.size(), Element::real};
  PortView view;
  view.bound = true;
  view.parts = &column;
  view.part_count = 1;
  view.rows = 1;
  double value = 0;
  double violation = 0;
  if (problem.tile_function != nullptr) {
    problem.tile_function(problem.data.get(), In<double>(view), Rows{0, 1}, &value);
  } else {
    problem.constrained_tile_function(problem.data.get(), In<double>(view), Rows{0, 1}, &violation, &value);
  }
  return value;
}

/// Whether `bounds` reach beyond those that stand as text in the kind, in any dimension.
bool reach_beyond(const std::vector<double>& bounds, std::string_view text, std::size_t dimension, double sign) {
  Diagnostics ignored;
  const std::vector<double> defaults = numbers_of(parse_json(text, "", ignored).value_or(Value(0)));
  for (std::size_t i = 0; i < dimension; ++i) {
    if (i >= bounds.size() && i >= defaults.size()) break;
    const double bound = bounds[bounds.size() == 1 ? 0 : std::min(i, bounds.size() - 1)];
    const double limit = defaults[defaults.size() == 1 ? 0 : std::min(i, defaults.size() - 1)];
    if (sign * bound > sign * limit) return true;
  }
  return false;
}

/// Fills in what is known of the best solution within the bounds.
void add_best_known(RealVectorProblem& problem, const RealVectorProblemKind& kind) {
  if (kind.best_within_default_bounds && (reach_beyond(problem.lower, kind.lower, problem.dimension, -1.0) ||
                                          reach_beyond(problem.upper, kind.upper, problem.dimension, 1.0))) {
    return;
  }
  const bool beyond = std::ranges::any_of(problem.lower, [&kind](double value) { return value < kind.best_from; }) ||
                      std::ranges::any_of(problem.upper, [&kind](double value) { return value > kind.best_to; });
  if (beyond) return;
  problem.best_known = kind.best_known;
  problem.best_known_solution = kind.best_known_solution;
  const bool is_known_everywhere = kind.tile_function != nullptr || kind.constrained_tile_function != nullptr;
  if (!problem.best_known && !kind.best_known_solution.empty() && is_known_everywhere) {
    problem.best_known = value_at(kind.best_known_solution, problem);
  }
}

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters,
                                      Diagnostics& diagnostics) {
  const auto& kind = *static_cast<const RealVectorProblemKind*>(spec.user);
  RealVectorProblem description;
  description.name = spec.name;
  description.dimension = size_of(parameters[dimension_parameter]);
  description.lower = numbers_of(parameters[lower_parameter]);
  description.upper = numbers_of(parameters[upper_parameter]);
  description.negate = parameters[negate_parameter].boolean();
  description.sense = kind.sense;
  description.tile_function = kind.tile_function;
  description.random_tile_function = kind.random_tile_function;
  description.constrained_tile_function = kind.constrained_tile_function;
  description.host_arithmetic = kind.host_arithmetic;
  description.show = kind.show;
  if (kind.prepare != nullptr) {
    description.data = kind.prepare(description.dimension, parameters.subspan(own_parameters));
  }
  add_best_known(description, kind);

  return make_problem_of_parameters(std::move(description), diagnostics);
}

}  // namespace

ProblemSpec problem_spec(const RealVectorProblemKind& kind) {
  ProblemSpec spec;
  spec.name = kind.name;
  spec.summary = kind.summary;
  spec.source = kind.source;
  spec.encoding = "real_vector";
  spec.parameters = parameters_of(kind);
  spec.user = &kind;
  spec.create = &create;
  return spec;
}

}  // namespace skein
