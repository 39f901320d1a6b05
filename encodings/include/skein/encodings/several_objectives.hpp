// SeveralObjectives: makes problems of real vectors with several objectives from a function of the coordinates.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "skein/encodings/real_vector_problem.hpp"

namespace skein {

/// objectives[i] <- objective i at a point, all of them minimized. It must accept every number, infinities and NaN
/// included, must not throw, and may be called for several points at once. It runs with denormal numbers flushed to
/// zero.
using ObjectivesFunction = void (*)(const double* point, std::size_t dimension, double* objectives) noexcept;

/// A kind of problem with several objectives, for every dimension of a range. Texts are constants of the program.
struct SeveralObjectives {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  std::size_t smallest_dimension = 2;
  std::string_view dimension = "30";         ///< default
  std::vector<double> lower = {0.0};         ///< of the first dimension, …, and all further ones
  std::vector<double> upper = {1.0};         ///< the same
  std::vector<std::string> objectives;       ///< their names, at most `most_objectives`
  std::vector<double> reference_point = {};  ///< for hypervolumes, as objectives are minimized; empty: none
  ObjectivesFunction function = nullptr;
};

/// The catalogue entry of a kind, which must outlive the registry. Its parameter is `dimension`. The problem publishes
/// `lower`, `upper` and, where it has one, `reference_point`.
[[nodiscard]] ProblemSpec problem_spec(const SeveralObjectives& kind);

}  // namespace skein
