// Influence: which variables and steps of a draft what a result shows depends on.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/draft.hpp"

namespace skein::compiler {

/// What a step of any kind reads and writes, whether or not it needs what it reads to be written. A population that is
/// changed stands for all of its columns, one that is read for none: only its rows are counted.
struct StepEffects {
  std::vector<std::size_t> reads;
  std::vector<std::size_t> writes;
};
[[nodiscard]] StepEffects effects_of(const Draft& draft, const PlanStep& step);

/// The variables and steps that may change what a result shows; the order of the steps does not count.
class Influence {
 public:
  explicit Influence(const Draft& draft);

  [[nodiscard]] bool has_variable(std::size_t variable) const { return variables_[variable]; }
  [[nodiscard]] bool has_step(std::size_t step) const { return steps_[step]; }

 private:
  [[nodiscard]] std::vector<bool> depending_on_particles() const;
  void add_results();
  void add_causes();

  const Draft& draft_;
  std::vector<StepEffects> effects_;
  std::vector<bool> variables_;
  std::vector<bool> steps_;
};

}  // namespace skein::compiler
