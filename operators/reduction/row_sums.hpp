// Sums over the components of rows, by kernels.
#pragma once

#include "skein/context.hpp"
#include "skein/view.hpp"

namespace skein {

/// sums(row) <- x_1 + ... + x_d of each row, in 8 fixed lanes as by math::sum8.
void sum_rows(Rows rows, const In<double>& vector, const Out<double>& sums);

/// norms(row) <- sqrt(x_1^2 + ... + x_d^2), summed likewise; nothing is scaled.
void find_norms(Rows rows, const In<double>& vector, const Out<double>& norms);

/// products(row) <- first_1 second_1 + ... + first_d second_d, summed likewise; `second` may be broadcast.
void find_products(Rows rows, const In<double>& first, const In<double>& second, const Out<double>& products);

/// vector <- vector * (limit / |vector|) where |vector| > limit, with the norm of euclidean_norm.hpp.
void limit_norms(Rows rows, const InOut<double>& vector, const In<double>& limit);

}  // namespace skein
