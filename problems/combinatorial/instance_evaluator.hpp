// The evaluator of one instance of a problem.
#pragma once

#include <memory>
#include <utility>

#include "skein/operator.hpp"

namespace skein {

/// What fills the slot `evaluator` for one instance: the operator `Evaluate`, which is declared as usual and has the
/// instance for its `Parameters`, with an empty `parameters`. The table owns the instance.
template <class Evaluate>
std::shared_ptr<const OperatorTable> instance_evaluator(typename Evaluate::Parameters instance) {
  struct Evaluation {
    typename Evaluate::Parameters instance;
    OperatorTable table;
  };
  auto evaluation = std::make_shared<Evaluation>(Evaluation{std::move(instance), operator_table<Evaluate>()});
  evaluation->table.user = &evaluation->instance;
  evaluation->table.prepare = [](const PrepareInput& input, Diagnostics&) { return const_cast<void*>(input.user); };
  evaluation->table.destroy_prepared = [](void*) {};
  return {evaluation, &evaluation->table};
}

/// Row `row` of a fitness column with one objective.
inline void store_fitness(const Out<double>& fitness, std::size_t row, double violation, double minimized) noexcept {
  fitness.row(row)[0] = violation;
  fitness.row(row)[1] = minimized;
}

}  // namespace skein
