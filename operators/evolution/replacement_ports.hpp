// What the operators of the role replacement have in common.
#pragma once

#include <cstddef>
#include <tuple>

#include "skein/operator.hpp"

namespace skein {

struct ReplacementPorts {
  InBundle offspring;
  InFitness offspring_fitness;
  InOutBundle position;
  InOutFitness fitness;

  /// `row` of the population <- `from_row` of the offspring.
  void replace(std::size_t row, std::size_t from_row) const noexcept {
    position.copy_row(row, offspring, from_row);
    fitness.assign(row, offspring_fitness[from_row]);
  }
};

/// The declaration of these ports, for an operator whose Ports begin with them.
template <class Ports>
constexpr auto replacement_ports() {
  return std::tuple{in("offspring", &Ports::offspring, "solution[n]", "the new solutions"),
                    in("offspring_fitness", &Ports::offspring_fitness, "fitness[n]", "fitness of `offspring`"),
                    inout("position", &Ports::position, "solution[n]", "the solutions; some of them are replaced"),
                    inout("fitness", &Ports::fitness, "fitness[n]", "fitness of `position`")};
}

/// The same for an operator that looks at all rows at once.
template <class Ports>
constexpr auto whole_replacement_ports() {
  return std::apply([](const auto&... port) { return std::tuple{port.whole()...}; }, replacement_ports<Ports>());
}

}  // namespace skein
