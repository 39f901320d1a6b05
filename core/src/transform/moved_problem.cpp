#include "transform/moved_problem.hpp"

#include <utility>

#include "skein/json.hpp"

namespace skein::transform {
namespace {

/// The first coordinate that lies outside of the bounds, or their number.
std::size_t first_outside(const Problem& problem, const std::vector<double>& point) {
  const std::vector<double> lower = published(problem, "lower");
  const std::vector<double> upper = published(problem, "upper");
  for (std::size_t i = 0; i < point.size(); ++i) {
    const bool below = !lower.empty() && !(point[i] >= lower[i]);
    const bool above = !upper.empty() && !(point[i] <= upper[i]);
    if (below || above) return i;
  }
  return point.size();
}

}  // namespace

std::shared_ptr<const Problem> moved_problem(const Given& given, std::unique_ptr<const PositionMap> map,
                                             std::vector<double> best) {
  auto problem = std::make_shared<Problem>(given.problem);
  problem->show = nullptr;  // it speaks of what the problem inside is given
  problem->evaluator = wrapped_evaluator(given.problem.evaluator, std::move(map));
  const std::size_t outside = first_outside(*problem, best);
  if (outside < best.size()) {
    given.diagnostics.add(
        {"best-known-left-out", Severity::warning, given.where, given.path,
         "The best known solution of '" + problem->name + "' comes to lie outside of the bounds in dimension " +
             std::to_string(outside + 1) + ": it is left out, with its value.",
         "a best known solution within the bounds", write_json(Value(best[outside]), JsonLayout::one_line), ""});
    best.clear();
  }
  if (best.empty()) problem->best_known.reset();
  problem->best_known_solution = std::move(best);
  return problem;
}

}  // namespace skein::transform
