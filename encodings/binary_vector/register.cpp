#include <cstdint>
#include <string>

#include "encodings/binary_vector/all.hpp"
#include "encodings/written_number.hpp"
#include "skein/encodings/binary_vector.hpp"
#include "skein/registry.hpp"

namespace skein {
namespace {

std::optional<SolutionMistake> read_bits(std::span<const double> numbers, std::span<const ColumnView> parts) {
  auto* bits = reinterpret_cast<std::uint8_t*>(parts[0].data);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != 0.0 && numbers[i] != 1.0) {
      return SolutionMistake{i, "is no bit", "0 or 1", written(numbers[i])};
    }
    bits[i] = numbers[i] != 0.0 ? 1 : 0;
  }
  return std::nullopt;
}

}  // namespace

void register_binary_vector(Registry& registry) {
  EncodingSpec encoding;
  encoding.name = "binary_vector";
  encoding.summary = "a vector of bits, each 0 or 1; particles move by the probabilities of their bits";
  encoding.solution = "binary[d]";
  encoding.offers = {{"particle_creator", "random_bits_creator"},
                     {"velocity_initializer", "zero_velocity"},
                     {"velocity_initializer", "uniform_velocity"},
                     {"particle_updater", "kennedy_eberhart_updater"},
                     {"particle_updater", "sigmoid_updater"},
                     {"particle_updater", "v_shaped_updater"},
                     {"crossover", "uniform_crossover"},
                     {"crossover", "one_point_crossover"},
                     {"mutation", "bit_flip_mutation"},
                     {"neighbor", "bit_flip_mutation"},
                     {"swarm_updater", "remember_bests"}};
  encoding.read = &read_bits;
  registry.add(std::move(encoding));

  registry.add(random_bits_creator_operator());
  registry.add(uniform_velocity_operator());
  registry.add(sigmoid_updater_operator());
  registry.add(v_shaped_updater_operator());
  registry.add(uniform_crossover_operator());
  registry.add(one_point_crossover_operator());
  registry.add(bit_flip_mutation_operator());
}

}  // namespace skein
