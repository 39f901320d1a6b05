// Population: the rows that the columns of one population share in a frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plan/plan.hpp"
#include "state/slot.hpp"

namespace skein {

struct ChildFrames;
struct Population;

/// An index part that points into a population.
struct IndexPlace {
  Slot* slot = nullptr;
  std::size_t part = 0;
  const Population* owner = nullptr;  ///< the population of the slot; null for a global
};

/// Everything that a change of rows must reach is registered here when frames are made, whatever frame it belongs to.
struct Population {
  std::size_t id = 0;
  std::size_t initial_rows = 0;
  std::size_t rows = 0;
  std::size_t capacity = 0;
  std::uint64_t signature = 0;           ///< equal for populations that can exchange their rows
  std::vector<Slot*> columns;            ///< in the order of the plan
  std::vector<Slot*> hidden_columns;     ///< of operators: no part of the signature
  std::vector<IndexPlace> index_places;  ///< that point into this population
  std::vector<Slot*> objects;            ///< that speak of this population
  std::vector<ChildFrames*> frames;      ///< that stand for its rows
};

/// A hash of the columns of a population: names behind the population's own, parts, and order.
[[nodiscard]] std::uint64_t population_signature(const Plan& plan, std::size_t population);

/// The rows to reserve: at least what every population with the same columns needs, because they can be exchanged.
[[nodiscard]] std::size_t reserved_rows(const Plan& plan, std::size_t population);

/// New row i is old row old_rows[i], or has initial values when that is `no_row`. Columns, index parts that point into
/// the population, objects and frames follow. An index to a row that has several successors goes to the lowest one.
void resize_population(Population& population, std::span<const std::uint32_t> old_rows);

/// Exchanges the rows of two populations with the same signature: pointers only. Indices from outside that point into
/// one of them become `no_row`, because their rows now belong to the other.
void swap_populations(Population& first, Population& second);

}  // namespace skein
