// Callables: what an operator calls itself, as often as it likes, while it works on a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "skein/fitness.hpp"
#include "skein/type.hpp"
#include "skein/view.hpp"

namespace skein {

/// The evaluator behind a callable port, as the engine offers it.
class EvaluatorService {
 public:
  EvaluatorService() = default;
  EvaluatorService(const EvaluatorService&) = delete;
  EvaluatorService& operator=(const EvaluatorService&) = delete;
  virtual ~EvaluatorService() = default;

  /// Evaluates row `solution_row` of `solution` for row `row` of the calling operator. See InEvaluator.
  virtual FitnessRow evaluate(std::size_t row, const Bundle& solution, std::size_t solution_row) = 0;
  [[nodiscard]] virtual std::uint64_t evaluations_left() const noexcept = 0;
  [[nodiscard]] virtual std::optional<double> target() const noexcept = 0;
  /// Numbers of a fitness: the violation and the objectives.
  [[nodiscard]] virtual std::size_t fitness_width() const noexcept = 0;
};

/// View of a callable port of role `evaluator`. What is called is what fills the slot of that role in the graph around
/// the node, otherwise the problem's evaluator. Every call counts as an evaluation of the run when the step is done.
///
/// Calls for different rows may happen at the same time; those for one row depend on no other row and have random
/// numbers of their own, so that results do not depend on threads. An operator calls for the rows that it is called
/// with only, and asks for the same solutions in the same order whenever it gets the same values: a row that was
/// interrupted by a pause or an error is begun again later, and is then told what was found before without a new
/// evaluation.
class InEvaluator {
 public:
  InEvaluator() = default;
  explicit InEvaluator(const PortView& port) noexcept : service_(port.evaluator) {}

  explicit operator bool() const noexcept { return service_ != nullptr; }

  /// The fitness of row `solution_row` of `solution`, for row `row`; valid until the next call for that row. Throws
  /// what the operator has to let through, if need be around a library in C: the evaluation failed for good under the
  /// run's policy, the run is to pause, or `evaluations_left` were made for this row.
  [[nodiscard]] FitnessRow operator()(std::size_t row, const Bundle& solution, std::size_t solution_row) const {
    return service_->evaluate(row, solution, solution_row);
  }
  /// The same for solutions that are one vector of numbers.
  [[nodiscard]] FitnessRow operator()(std::size_t row, std::span<const double> solution) const {
    const ColumnView part{reinterpret_cast<std::byte*>(const_cast<double*>(solution.data())), 0, solution.size(),
                          Element::real};
    PortView view;
    view.parts = &part;
    view.part_count = 1;
    view.rows = 1;
    return service_->evaluate(row, Bundle(view), 0);
  }

  /// How many evaluations the run's limit leaves for all rows of this step together, 2^64 - 1 when there is no limit.
  /// It stays the same while the step works: an operator divides it among its rows.
  [[nodiscard]] std::uint64_t evaluations_left() const noexcept { return service_->evaluations_left(); }
  /// The fitness at which the run has reached its target.
  [[nodiscard]] std::optional<double> target() const noexcept { return service_->target(); }
  [[nodiscard]] std::size_t fitness_width() const noexcept { return service_->fitness_width(); }

 private:
  EvaluatorService* service_ = nullptr;
};

}  // namespace skein
