#include "core/kernel/kernel-inl.hpp"

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// f(x) = sum of i x_i^2 with i from 1. Minimum 0 at 0. Jamil and Yang (2013).
void sum_squares(const void*, const In<double>& position, Rows rows, double* values) {
  for_rows(position, rows, values, [](const double* x, std::size_t dimension) SKEIN_INLINED {
    return sum8(dimension, [=](auto at) SKEIN_INLINED {
      const Reals x_i = at.load(x);
      return at.numbers_from(1) * (x_i * x_i);
    });
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(sum_squares);

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "sum_squares";
  kind.summary = "one valley, steeper in every further dimension";
  kind.source = "Jamil and Yang, A literature survey of benchmark functions for global optimisation problems (2013)";
  kind.lower = "-10";
  kind.upper = "10";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(sum_squares)(data, position, rows, values);
  };
  return kind;
}

}  // namespace

const RealVectorProblemKind& sum_squares_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
