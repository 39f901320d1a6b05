#include <array>
#include <utility>

#include "transform/transform.hpp"

namespace skein {
namespace transform {

void Given::report(std::string code, std::string message, std::string expected, std::string found) const {
  diagnostics.add(
      {std::move(code), Severity::error, where, path, std::move(message), std::move(expected), std::move(found), ""});
}

std::span<const Transform> transforms() noexcept {
  static const std::array all = {shift(), rotate(), scale(), noise(), penalty()};
  return all;
}

std::vector<double> published(const Problem& problem, std::string_view name) {
  for (const PublishedValue& value : problem.published) {
    if (value.name != name) continue;
    if (value.data.size() == problem.dimension) return value.data;
    if (value.data.size() == 1) return std::vector<double>(problem.dimension, value.data.front());
  }
  return {};
}

std::vector<double> center_of(const Given& given) {
  const Problem& problem = given.problem;
  if (problem.best_known_solution.size() == problem.dimension) return problem.best_known_solution;
  const std::vector<double> lower = published(problem, "lower");
  const std::vector<double> upper = published(problem, "upper");
  std::vector<double> center;
  if (lower.empty() || upper.empty()) {
    given.report("transform-not-possible",
                 "Problem '" + problem.name + "' has neither a best known solution nor bounds: there is no centre.",
                 "'lower' and 'upper' among what the problem publishes", "");
    return center;
  }
  for (std::size_t i = 0; i < problem.dimension; ++i) center.push_back(lower[i] + 0.5 * (upper[i] - lower[i]));
  return center;
}

}  // namespace transform

std::span<const TransformSpec> transform_specs() noexcept {
  static const auto all = [] {
    std::vector<TransformSpec> specs;
    for (const transform::Transform& transform : transform::transforms()) specs.push_back(transform.spec);
    return specs;
  }();
  return all;
}

}  // namespace skein
