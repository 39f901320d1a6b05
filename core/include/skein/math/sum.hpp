#pragma once

#include <cstddef>

namespace skein::math {

/// f(0) + f(1) + ... + f(count - 1), added in 8 fixed lanes: term i is added to lane i % 8 in rising order of i, every
/// lane starting at +0, and the lanes are combined as ((l0+l4)+(l2+l6))+((l1+l5)+(l3+l7)). This order is part of the
/// reproducibility contract: it is the same for every vector width, and no other order may replace it.
///
/// f must be callable with std::size_t, give a double and depend on its argument alone. The sum of no terms is +0.
/// An inlined f of vectorisable functions is vectorised. No error bound is promised beyond that of plain summation of
/// count / 8 + 3 terms.
template <class Term>
inline double sum8(std::size_t count, Term&& f) {
  constexpr std::size_t lanes = 8;
  double lane[lanes] = {};
  const std::size_t whole = count - count % lanes;
  for (std::size_t i = 0; i < whole; i += lanes) {
    double term[lanes];
    for (std::size_t j = 0; j < lanes; ++j) term[j] = f(i + j);
    for (std::size_t j = 0; j < lanes; ++j) lane[j] += term[j];
  }
  for (std::size_t i = whole; i < count; ++i) lane[i - whole] += f(i);
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/// x[0] + ... + x[count - 1] in the order of the function above.
inline double sum8(const double* x, std::size_t count) noexcept {
  return sum8(count, [x](std::size_t i) { return x[i]; });
}

}  // namespace skein::math
