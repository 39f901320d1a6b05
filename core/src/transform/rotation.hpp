// Rotation: a random orthogonal matrix and its product with vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "skein/context.hpp"
#include "skein/view.hpp"

namespace skein::transform {

/// The largest dimension that is rotated: the matrix has 32 MB, and takes half a minute to make.
inline constexpr std::size_t largest_rotation = 2000;

/// An orthogonal matrix of a seed, all equally probable (Haar measure): the rows are normal random numbers that are
/// made orthogonal to the rows before them, twice, and given the length 1 (the Q of a QR decomposition with a positive
/// diagonal of R). Row by row. Cost: O(dimension^3). Stewart, The efficient generation of random orthogonal matrices
/// (1980); Mezzadri, How to generate random matrices from the classical compact groups (2007).
[[nodiscard]] std::vector<double> random_orthogonal_matrix(std::size_t dimension, std::uint64_t seed);

/// A matrix, laid out for products: column by column, with columns of `stride` numbers, filled up with zeros.
struct Rotation {
  std::vector<double> columns;
  std::vector<double> center;
  std::size_t stride = 0;
};

[[nodiscard]] Rotation make_rotation(const std::vector<double>& matrix, std::vector<double> center);

/// moved <- c + R (x - c), row by row without gaps. The terms of each coordinate are added in the order of the columns,
/// so the bits are the same for every target. Cost: about d^2 / 8 cycles per row with AVX2.
void rotate_rows(const Rotation& rotation, const In<double>& position, Rows rows, double* moved);

}  // namespace skein::transform
