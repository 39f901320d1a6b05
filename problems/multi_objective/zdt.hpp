// What the test problems of Zitzler, Deb and Thiele (2000) have in common: f1 depends on the first coordinate, g on the
// others, and f2 = g h(f1, g). Minimal g makes the front.
#pragma once

#include <cstddef>
#include <string_view>

#include "skein/encodings/several_objectives.hpp"

namespace skein {

inline constexpr std::string_view zdt_source =
    "Zitzler, Deb and Thiele, Comparison of multiobjective evolutionary algorithms: empirical results (2000)";

/// g = 1 + 9 (x_2 + … + x_d) / (d - 1), summed in this order, as in ZDT1, 2 and 3.
[[nodiscard]] inline double zdt_distance(const double* x, std::size_t dimension) noexcept {
  double sum = 0;
  for (std::size_t i = 1; i < dimension; ++i) sum += x[i];
  return 1 + 9 * sum / static_cast<double>(dimension - 1);
}

/// A kind with two objectives f1 and f2, and the reference point (1, 1).
[[nodiscard]] inline SeveralObjectives zdt_kind(std::string_view name, std::string_view summary,
                                                ObjectivesFunction function) {
  SeveralObjectives kind;
  kind.name = name;
  kind.summary = summary;
  kind.source = zdt_source;
  kind.objectives = {"f1", "f2"};
  kind.reference_point = {1, 1};
  kind.function = function;
  return kind;
}

}  // namespace skein
