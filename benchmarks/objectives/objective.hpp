// The five objectives of all tables, as plain scalar functions: what every contender is given when it shall evaluate
// exactly the same code, and what the values of the fast forms are checked with.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace skein::bench {

enum class Objective { sphere, rastrigin, rosenbrock, griewank, ackley };

inline constexpr std::array all_objectives = {Objective::sphere, Objective::rastrigin, Objective::rosenbrock,
                                              Objective::griewank, Objective::ackley};

/// The plain form that users write.
using PlainFunction = double (*)(const double* x, std::size_t dimension);

struct ObjectiveFacts {
  std::string_view name;  ///< also of the problem in Skein's catalogue
  PlainFunction plain = nullptr;
  double bound = 0;  ///< of every coordinate: -bound ... bound, as in Skein's catalogue
};

/// Unshifted: these benchmarks compare speed, never quality.
[[nodiscard]] const ObjectiveFacts& facts_of(Objective objective) noexcept;

}  // namespace skein::bench
