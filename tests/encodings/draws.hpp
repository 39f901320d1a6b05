// The numbers of a stream, as another operator draws them.
#pragma once

#include <cstddef>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"

namespace skein::testing {

/// What `table`, an operator that draws, writes from the stream `name`.
inline std::vector<double> draws(const OperatorTable& table, std::size_t rows, std::size_t dimension, const char* name,
                                 const char* type = "real[n,d]") {
  SingleOperator single(table, rows, dimension);
  single.bind("values", {}, type).stream("", name).run();
  return single.content("values");
}

inline std::vector<double> uniform_draws(std::size_t rows, std::size_t dimension, const char* name) {
  return draws(uniform_random_vector_operator(), rows, dimension, name);
}

inline std::vector<double> normal_draws(std::size_t rows, std::size_t dimension, const char* name) {
  return draws(normal_random_vector_operator(), rows, dimension, name);
}

}  // namespace skein::testing
