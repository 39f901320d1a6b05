// Evaluators around other evaluators: at other positions, or with another fitness.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "skein/context.hpp"
#include "skein/operator_table.hpp"
#include "skein/view.hpp"

namespace skein::transform {

/// Where a problem is evaluated instead of at the position of a row.
class PositionMap {
 public:
  PositionMap() = default;
  PositionMap(const PositionMap&) = delete;
  PositionMap& operator=(const PositionMap&) = delete;
  virtual ~PositionMap() = default;

  /// moved[i * width + j] <- coordinate j of what row rows.first + i of `position` is moved to.
  virtual void move(const In<double>& position, Rows rows, double* moved) const noexcept = 0;
};

/// What becomes of the fitness that a problem has given.
class FitnessMap {
 public:
  FitnessMap() = default;
  FitnessMap(const FitnessMap&) = delete;
  FitnessMap& operator=(const FitnessMap&) = delete;
  virtual ~FitnessMap() = default;

  /// Changes the fitness of every row. Random numbers come from context.row_random(stream, row).
  virtual void change(const InOut<double>& fitness, Rows rows, const RowContext& context,
                      std::size_t stream) const noexcept = 0;
};

/// Why an evaluator cannot be wrapped; empty when it can: it works on rows, reads the rows that it is called with and
/// declares not too many ports.
[[nodiscard]] std::string not_wrappable(const OperatorTable& evaluator);

/// An evaluator that calls the other one with the positions that `map` gives. The positions are real vectors.
[[nodiscard]] std::shared_ptr<const OperatorTable> wrapped_evaluator(std::shared_ptr<const OperatorTable> inner,
                                                                     std::unique_ptr<const PositionMap> map);

/// An evaluator that calls the other one and then changes the fitness. With the name of a stream if it draws random
/// numbers; the name must outlive the evaluator.
[[nodiscard]] std::shared_ptr<const OperatorTable> wrapped_evaluator(std::shared_ptr<const OperatorTable> inner,
                                                                     std::unique_ptr<const FitnessMap> map,
                                                                     std::string_view stream = {});

}  // namespace skein::transform
