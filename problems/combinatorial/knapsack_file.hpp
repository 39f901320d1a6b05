// Instances of the multidimensional knapsack problem, and the files of the OR-Library that hold them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"

namespace skein {

struct KnapsackInstance {
  std::vector<double> profits;     ///< of the items
  std::vector<double> weights;     ///< constraint by constraint, item by item
  std::vector<double> capacities;  ///< of the constraints
  std::optional<double> optimum;   ///< nothing where the file says 0: unknown
};

/// All instances of a file in the format `mknap`: how many there are; then for each the numbers n of items and m of
/// constraints and the optimum (0: unknown), n profits, m rows of n weights, m capacities. Line ends mean nothing.
/// Numbers are finite, weights and capacities not negative. Beasley, OR-Library: distributing test problems by
/// electronic mail (1990).
///
/// Reports `bad-instance` at every number that is wrong and where the file ends too early or goes on too long; after a
/// wrong count nothing more can be understood.
[[nodiscard]] std::vector<KnapsackInstance> read_knapsacks(std::string_view text, const std::string& file,
                                                           Diagnostics& diagnostics);

}  // namespace skein
