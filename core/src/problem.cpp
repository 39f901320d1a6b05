#include "skein/problem.hpp"

namespace skein {

double problem_value(const Problem& problem, double minimized) noexcept {
  const bool maximizes = !problem.objectives.empty() && problem.objectives.front().sense == Sense::maximize;
  const double value = maximizes ? -minimized : minimized;
  return value == 0.0 ? 0.0 : value;
}

}  // namespace skein
