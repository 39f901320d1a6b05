#include "core/kernel/kernel-inl.hpp"

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// f(x) = sum of x_i^2 + t^2 + t^4 with t = sum of 0.5 i x_i, i from 1. Minimum 0 at 0. Hedar and Fukushima (2004).
void zakharov(const void*, const In<double>& position, Rows rows, double* values) {
  for_rows(position, rows, values, [](const double* x, std::size_t dimension) SKEIN_INLINED {
    const double squares = sum_of_squares(x, dimension);
    const double sum = sum8(dimension, [=](auto at) SKEIN_INLINED { return at.numbers_from(1) * at.load(x); });
    const double square = 0.5 * sum * (0.5 * sum);
    return squares + square + square * square;
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(zakharov);

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "zakharov";
  kind.summary = "a plate with a narrow valley: flat in all directions but one";
  kind.source = "Hedar and Fukushima, Heuristic pattern search and its hybridization with simulated annealing (2004)";
  kind.lower = "-5";
  kind.upper = "10";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(zakharov)(data, position, rows, values);
  };
  return kind;
}

}  // namespace

const RealVectorProblemKind& zakharov_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
