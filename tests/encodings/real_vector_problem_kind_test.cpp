#include <doctest/doctest.h>

#include "core/src/contract/single_operator.hpp"
#include "skein/encodings/real_vector_problem.hpp"

using namespace skein;

namespace {

void scaled_sums(const void* data, const In<double>& position, Rows rows, double* values) noexcept {
  for (std::size_t i = 0; i < rows.count(); ++i) {
    values[i] = 0;
    for (std::size_t j = 0; j < position.width(); ++j) values[i] += position.row(rows.first + i)[j];
    values[i] *= *static_cast<const double*>(data);
  }
}

/// The sum of all coordinates times `scale`, and times the dimension.
RealVectorProblemKind sum_kind() {
  ParameterSpec scale;
  scale.name = "scale";
  scale.initial = "1";
  RealVectorProblemKind kind;
  kind.name = "sum";
  kind.best_known_solution = {-1, 2};
  kind.parameters = {scale};
  kind.tile_function = &scaled_sums;
  kind.prepare = [](std::size_t dimension, std::span<const Value> parameters) -> std::shared_ptr<const void> {
    return std::make_shared<const double>(static_cast<double>(dimension) * parameters[0].number());
  };
  return kind;
}

std::shared_ptr<const Problem> create(const RealVectorProblemKind& kind, double lower, double upper,
                                      double scale = 1.0) {
  const ProblemSpec spec = problem_spec(kind);
  Diagnostics diagnostics;
  const std::vector<Value> parameters = {2, lower, upper, false, scale};
  return spec.create(spec, parameters, diagnostics);
}

}  // namespace

TEST_CASE("the parameters of a kind stand after those that all kinds have") {
  const RealVectorProblemKind kind = sum_kind();
  const ProblemSpec spec = problem_spec(kind);
  std::vector<std::string_view> names;
  for (const ParameterSpec& parameter : spec.parameters) names.push_back(parameter.name);
  CHECK(names == std::vector<std::string_view>{"dimension", "lower", "upper", "negate", "scale"});

  const auto problem = create(kind, -10, 10, 5.0);
  SingleOperator single(*problem->evaluator, 1, 2);
  single.bind("position", {3, 4}).run();
  CHECK(single.content("fitness") == std::vector<double>{0, 70});
}

TEST_CASE("a best known value that is not given is the one at the best known solution") {
  RealVectorProblemKind kind = sum_kind();
  CHECK(create(kind, -10, 10, 3.0)->best_known == 6);
  CHECK(create(kind, -10, 10)->best_known_solution == std::vector<double>{-1, 2});
  kind.best_known_solution = {4};
  CHECK(create(kind, -10, 10)->best_known == 16);
  kind.best_known = 7;
  CHECK(create(kind, -10, 10)->best_known == 7);
  kind.best_known_solution = {};
  CHECK(create(kind, -10, 10)->best_known == 7);
  kind.best_known = {};
  CHECK_FALSE(create(kind, -10, 10)->best_known.has_value());
}

TEST_CASE("a best known solution is left out where bounds reach beyond its range") {
  RealVectorProblemKind kind = sum_kind();
  kind.best_from = -10;
  kind.best_to = 8;
  CHECK(create(kind, -10, 8)->best_known == 2);
  for (const auto& [lower, upper] : {std::pair{-11.0, 8.0}, std::pair{-10.0, 9.0}, std::pair{0.0, 8.0}}) {
    const auto problem = create(kind, lower, upper);
    CHECK_FALSE(problem->best_known.has_value());
    CHECK(problem->best_known_solution.empty());
  }
}
