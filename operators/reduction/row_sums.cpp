#include "core/kernel/kernel-inl.hpp"

#include <cmath>

#include "operators/reduction/norm-inl.hpp"
#include "operators/reduction/row_sums.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

void write_sums(Rows rows, const In<double>& vector, const Out<double>& results) {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const double* x = vector.row(row);
    results.value(row) = sum8(vector.width(), [=](auto at) SKEIN_INLINED { return at.load(x); });
  }
}

void write_norms(Rows rows, const In<double>& vector, const Out<double>& results) {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const double* x = vector.row(row);
    results.value(row) =
        std::sqrt(sum8(vector.width(), [=](auto at) SKEIN_INLINED { return at.load(x) * at.load(x); }));
  }
}

void write_products(Rows rows, const In<double>& first, const In<double>& second, const Out<double>& results) {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const double* x = first.row(row);
    if (second.element_stride() == 0) {
      const Reals factor = second.value(row);
      results.value(row) = sum8(first.width(), [=](auto at) SKEIN_INLINED { return at.load(x) * factor; });
    } else {
      const double* y = second.row(row);
      results.value(row) = sum8(first.width(), [=](auto at) SKEIN_INLINED { return at.load(x) * at.load(y); });
    }
  }
}

void apply_limits(Rows rows, const InOut<double>& vector, const In<double>& limit) {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    limit_norm(vector.row(row), vector.width(), limit.value(row));
  }
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(write_sums);
HWY_EXPORT(write_norms);
HWY_EXPORT(write_products);
HWY_EXPORT(apply_limits);

}  // namespace

void sum_rows(Rows rows, const In<double>& vector, const Out<double>& sums) {
  HWY_DYNAMIC_DISPATCH(write_sums)(rows, vector, sums);
}
void find_norms(Rows rows, const In<double>& vector, const Out<double>& norms) {
  HWY_DYNAMIC_DISPATCH(write_norms)(rows, vector, norms);
}
void find_products(Rows rows, const In<double>& first, const In<double>& second, const Out<double>& products) {
  HWY_DYNAMIC_DISPATCH(write_products)(rows, first, second, products);
}
void limit_norms(Rows rows, const InOut<double>& vector, const In<double>& limit) {
  HWY_DYNAMIC_DISPATCH(apply_limits)(rows, vector, limit);
}

}  // namespace skein
#endif  // HWY_ONCE
