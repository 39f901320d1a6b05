// What the tests of problems share: a catalogue, problems from it, and their values.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/src/contract/single_operator.hpp"
#include "skein/problems/test_functions.hpp"
#include "skein/registry.hpp"

namespace skein::testing {

using Point = std::vector<double>;

inline Registry catalogue() {
  Registry registry;
  registry.begin_plugin("test_functions");
  register_test_functions(registry);
  REQUIRE(registry.diagnostics().empty());
  return registry;
}

/// The problem with its default parameters, but for those given.
inline std::shared_ptr<const Problem> make(const Registry& registry, std::string_view name, std::size_t dimension,
                                           const std::vector<std::pair<std::string_view, Value>>& given = {}) {
  const ProblemSpec* spec = registry.find_problem(name);
  REQUIRE(spec != nullptr);
  std::vector<Value> parameters;
  for (const ParameterSpec& parameter : spec->parameters) {
    parameters.push_back(parameter.name == "dimension" ? Value(std::int64_t(dimension)) : default_value(parameter));
    for (const auto& [key, value] : given) {
      if (key == parameter.name) parameters.back() = value;
    }
  }
  Diagnostics diagnostics;
  return spec->create(*spec, parameters, diagnostics);
}

/// Objectives of points of equal dimension.
inline std::vector<double> values(const Problem& problem, const std::vector<double>& points,
                                  const RunOptions& options = {}) {
  SingleOperator single(*problem.evaluator, points.size() / problem.dimension, problem.dimension);
  single.bind("position", points).run(options);
  const std::vector<double> fitness = single.content("fitness");
  std::vector<double> objectives;
  for (std::size_t i = 0; i < fitness.size(); i += 2) {
    CHECK(fitness[i] == 0);
    objectives.push_back(fitness[i + 1]);
  }
  return objectives;
}

}  // namespace skein::testing
