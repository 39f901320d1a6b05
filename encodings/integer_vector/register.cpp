#include <cmath>
#include <cstdint>

#include "encodings/integer_vector/all.hpp"
#include "encodings/integer_vector/integer_of.hpp"
#include "encodings/written_number.hpp"
#include "skein/encodings/integer_vector.hpp"
#include "skein/registry.hpp"

namespace skein {
namespace {

constexpr double largest_integer = 0x1p53;

bool is_exact_integer(double number) {
  return std::fabs(number) <= largest_integer && nearest_integer(number) == number;
}

/// A number that is no integer (a particle that was not rounded, NaN) is shown as it is.
Value show_integers(std::span<const ColumnView> parts) {
  const auto* numbers = reinterpret_cast<const double*>(parts[0].data);
  List list;
  for (std::size_t i = 0; i < parts[0].width; ++i) {
    const bool is_integer = is_exact_integer(numbers[i]);
    list.push_back(is_integer ? Value(static_cast<std::int64_t>(numbers[i])) : Value(numbers[i]));
  }
  return list;
}

std::optional<SolutionMistake> read_integers(std::span<const double> numbers, std::span<const ColumnView> parts) {
  auto* position = reinterpret_cast<double*>(parts[0].data);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!is_exact_integer(numbers[i])) {
      return SolutionMistake{i, "is no integer", "integers from -2^53 to 2^53", written(numbers[i])};
    }
    position[i] = numbers[i];
  }
  return std::nullopt;
}

}  // namespace

void register_integer_vector(Registry& registry) {
  EncodingSpec encoding;
  encoding.name = "integer_vector";
  encoding.summary =
      "a vector of integers, each within its bounds `lower` and `upper`; held as real numbers, exact to 2^53";
  encoding.solution = "whole[d]";
  encoding.offers = {{"particle_creator", "uniform_integer_creator"},
                     {"velocity_initializer", "zero_velocity"},
                     {"velocity_initializer", "spso_2007_velocity"},
                     {"velocity_initializer", "spso_2011_velocity"},
                     {"particle_updater", "rounding_updater"},
                     {"particle_updater", "stochastic_rounding_updater"},
                     {"crossover", "rounding_crossover"},
                     {"mutation", "rounding_mutation"},
                     {"neighbor", "rounding_mutation"},
                     {"swarm_updater", "remember_bests"}};
  encoding.show = &show_integers;
  encoding.read = &read_integers;
  registry.add(std::move(encoding));

  registry.add(uniform_integer_creator_operator());
  registry.add(round_to_integer_operator());
  registry.add(round_stochastically_operator());
}

}  // namespace skein
