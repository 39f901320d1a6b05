#include <cstdint>
#include <string>
#include <vector>

#include "encodings/permutation/all.hpp"
#include "encodings/written_number.hpp"
#include "skein/encodings/permutation.hpp"
#include "skein/registry.hpp"

namespace skein {
namespace {

Value show_order(std::span<const ColumnView> parts) {
  std::vector<std::int64_t> order(parts[0].width);
  decode_permutation(reinterpret_cast<const double*>(parts[0].data), order);
  return List(order.begin(), order.end());
}

/// The key of what stands at place k is (k + 1/2) / d.
std::optional<SolutionMistake> read_order(std::span<const double> numbers, std::span<const ColumnView> parts) {
  auto* keys = reinterpret_cast<double*>(parts[0].data);
  const auto count = static_cast<double>(numbers.size());
  const std::string expected = "a permutation: each of the numbers from 0 to " + written(count - 1.0) + " once";
  std::vector<bool> seen(numbers.size());
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const bool is_item = numbers[k] >= 0.0 && numbers[k] < count;
    const auto item = is_item ? static_cast<std::size_t>(numbers[k]) : 0;
    if (!is_item || static_cast<double>(item) != numbers[k]) {
      return SolutionMistake{k, "is no item of a permutation", expected, written(numbers[k])};
    }
    if (seen[item]) return SolutionMistake{k, "is given a second time", expected, written(numbers[k])};
    seen[item] = true;
    keys[item] = (static_cast<double>(k) + 0.5) / count;
  }
  return std::nullopt;
}

}  // namespace

void register_permutation(Registry& registry) {
  EncodingSpec encoding;
  encoding.name = "permutation";
  encoding.summary =
      "an order of the numbers from 0 to d - 1; held as real keys in [0, 1], which are sorted to read it";
  encoding.solution = "real[d]";
  encoding.offers = {{"particle_creator", "uniform_creator"},
                     {"velocity_initializer", "zero_velocity"},
                     {"velocity_initializer", "spso_2007_velocity"},
                     {"velocity_initializer", "spso_2011_velocity"},
                     {"particle_updater", "inertia_weight"},
                     {"particle_updater", "spso_2007_updater"},
                     {"particle_updater", "spso_2011_updater"},
                     {"crossover", "order_crossover"},
                     {"crossover", "binomial_crossover"},
                     {"mutation", "inversion_mutation"},
                     {"mutation", "swap_mutation"},
                     {"neighbor", "inversion_mutation"},
                     {"neighbor", "swap_mutation"},
                     {"differential_mutation", "differential_mutation"},
                     {"swarm_updater", "remember_bests"}};
  encoding.show = &show_order;
  encoding.read = &read_order;
  registry.add(std::move(encoding));

  registry.add(order_crossover_operator());
  registry.add(swap_mutation_operator());
  registry.add(inversion_mutation_operator());
}

}  // namespace skein
