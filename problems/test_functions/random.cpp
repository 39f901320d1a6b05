#include "problems/test_functions/all.hpp"
#include "skein/encodings/real_vector_problem.hpp"

namespace skein {
namespace {

/// f(x) is drawn anew from the uniform distribution on [0, 1) at every evaluation, whatever x is: a control that no
/// algorithm can do better on than chance. The draw depends on the seed of the run, on how often the evaluator was
/// called and on the row, so that runs repeat.
///
/// No point is the best one; 0 is given as the best known value because no value is below it.
void draw_values(const void*, const In<double>&, Rows rows, const RowContext& context, double* values) noexcept {
  for (std::size_t i = 0; i < rows.count(); ++i) context.row_random(0, rows.first + i).fill_uniform(values + i, 1);
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "random";
  kind.summary = "a random number at every evaluation, whatever the point";
  kind.source = "pure chance, as a control";
  kind.lower = "-100";
  kind.upper = "100";
  kind.best_known = 0.0;
  kind.random_tile_function = &draw_values;
  return kind;
}

}  // namespace

const RealVectorProblemKind& random_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
