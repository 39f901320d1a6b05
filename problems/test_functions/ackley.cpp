#include "core/kernel/kernel-inl.hpp"

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// f(x) = 20 - 20 exp(-0.2 sqrt(mean of x_i^2)) + e - exp(mean of cos(2 pi x_i)), computed as
/// 20 (1 - exp(-0.2 sqrt(mean of x_i^2))) + e (1 - exp(-mean of (1 - cos(2 pi x_i)))): so it is exactly 0 at the
/// minimum, which is at 0, and nowhere negative. Eiben and Smith (2003).
void ackley(const void*, const In<double>& position, Rows rows, double* values) {
  constexpr double e = 2.718281828459045;
  const auto count = static_cast<double>(position.width());
  for_tiles(rows, values, [&](Rows tile, double* results) SKEIN_INLINED {
    double squares[tile_rows];
    double waves[tile_rows];
    for_rows(position, tile, squares, &sum_of_squares);
    sum_rows(position, tile, waves,
             [](const double* x, auto at) SKEIN_INLINED { return 1.0 - math::cos_turns(at.load(x)); });
    write_places(tile.count(), results, [&](auto at) SKEIN_INLINED {
      const Reals funnel = 1.0 - math::exp(-0.2 * square_root(at.load(squares) / count));
      return 20.0 * funnel + e * (1.0 - math::exp(-(at.load(waves) / count)));
    });
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(ackley);

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "ackley";
  kind.summary = "a funnel in an almost flat field of small waves";
  kind.source = "Eiben and Smith, Introduction to evolutionary computing (2003)";
  kind.lower = "-32.768";
  kind.upper = "32.768";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(ackley)(data, position, rows, values);
  };
  return kind;
}

}  // namespace

const RealVectorProblemKind& ackley_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
