#include "state/population.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string_view>
#include <utility>

#include "skein/random.hpp"
#include "state/frame.hpp"

namespace skein {
namespace {

std::string_view name_in_population(const PlanVariable& variable, const PlanPopulation& population) {
  std::string_view name = variable.name;
  if (name.starts_with(population.name)) name.remove_prefix(population.name.size());
  return name;
}

std::uint64_t part_signature(const Part& part, std::size_t population) {
  constexpr std::uint64_t itself = 1;
  const std::uint64_t target = part.indexed_population == population ? itself : part.indexed_population + 3;
  return combine_hash(combine_hash(static_cast<std::uint64_t>(part.element), part.width), target);
}

/// Applies `change` to every index of the place.
template <class Change>
void change_indices(const IndexPlace& place, Change change) {
  const ColumnView& view = place.slot->parts()[place.part];
  const std::size_t rows = place.owner != nullptr ? place.owner->rows : 1;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t element = 0; element < view.width; ++element) {
      std::byte* const cell = row_data(view, row) + element * sizeof(std::uint32_t);
      std::uint32_t index = 0;
      std::memcpy(&index, cell, sizeof index);
      index = change(index);
      std::memcpy(cell, &index, sizeof index);
    }
  }
}

void remap_indices(const Population& population, std::span<const std::uint32_t> old_rows) {
  std::vector<std::uint32_t> new_rows(population.rows, no_row);
  for (std::size_t row = old_rows.size(); row-- > 0;) {
    if (old_rows[row] != no_row) new_rows[old_rows[row]] = static_cast<std::uint32_t>(row);
  }
  const auto new_row = [&](std::uint32_t index) { return index < new_rows.size() ? new_rows[index] : no_row; };
  for (const IndexPlace& place : population.index_places) change_indices(place, new_row);
}

void forget_indices_from_outside(const Population& population) {
  for (const IndexPlace& place : population.index_places) {
    if (place.owner != &population) change_indices(place, [](std::uint32_t) { return no_row; });
  }
}

/// Tells hidden columns, objects and frames that the population now has `new_count` rows, of which the first ones are
/// the old ones.
void change_row_count(Population& population, std::size_t old_count, std::size_t new_count) {
  if (old_count == new_count) return;
  std::vector<std::uint32_t> old_rows(new_count, no_row);
  const auto kept = static_cast<std::ptrdiff_t>(std::min(old_count, new_count));
  std::iota(old_rows.begin(), old_rows.begin() + kept, 0U);
  for (Slot* slot : population.hidden_columns) slot->move_rows(old_rows);
  for (Slot* slot : population.objects) slot->object()->rows_changed({old_rows, old_count});
  for (ChildFrames* frames : population.frames) frames->follow_rows(old_rows);
}

}  // namespace

std::uint64_t population_signature(const Plan& plan, std::size_t population) {
  std::uint64_t signature = 0;
  for (const PlanVariable& variable : plan.variables) {
    if (variable.population != population || variable.hidden) continue;
    signature = combine_hash(signature, hash_name(name_in_population(variable, plan.populations[population])));
    for (const Part& part : variable.parts) signature = combine_hash(signature, part_signature(part, population));
  }
  return signature;
}

std::size_t reserved_rows(const Plan& plan, std::size_t population) {
  const std::uint64_t signature = population_signature(plan, population);
  std::size_t rows = 0;
  for (std::size_t other = 0; other < plan.populations.size(); ++other) {
    if (population_signature(plan, other) != signature) continue;
    rows = std::max({rows, plan.populations[other].rows, plan.populations[other].capacity});
  }
  return rows;
}

void resize_population(Population& population, std::span<const std::uint32_t> old_rows) {
  const std::size_t old_count = population.rows;
  remap_indices(population, old_rows);
  for (Slot* slot : population.columns) slot->move_rows(old_rows);
  for (Slot* slot : population.hidden_columns) slot->move_rows(old_rows);
  for (Slot* slot : population.objects) slot->object()->rows_changed({old_rows, old_count});
  population.rows = old_rows.size();
  for (ChildFrames* frames : population.frames) frames->follow_rows(old_rows);
}

void swap_populations(Population& first, Population& second) {
  forget_indices_from_outside(first);
  forget_indices_from_outside(second);
  for (std::size_t i = 0; i < first.columns.size(); ++i) first.columns[i]->exchange(*second.columns[i]);
  std::swap(first.rows, second.rows);
  change_row_count(first, second.rows, first.rows);
  change_row_count(second, first.rows, second.rows);
}

}  // namespace skein
