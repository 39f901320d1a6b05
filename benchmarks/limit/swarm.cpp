#include "benchmarks/limit/swarm.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <numbers>
#include <random>

namespace skein::bench {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;

/// Kernels load whole vectors at the end of the last row.
constexpr std::size_t slack = 8;

std::size_t stride_of(std::size_t dimension) {
  const std::size_t padded = (dimension + 7) / 8 * 8;
  return (padded - dimension) * 8 <= dimension ? padded : dimension;
}

}  // namespace

Block::Block(std::size_t count) {
  const std::size_t bytes = (count + slack) * sizeof(double);
  const std::size_t alignment = bytes < huge_page ? 64 : huge_page;
  const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  data_.reset(static_cast<double*>(std::aligned_alloc(alignment, rounded)));
  if (!data_) throw std::bad_alloc();
  if (alignment == huge_page) madvise(data_.get(), rounded, MADV_HUGEPAGE);
  std::memset(data_.get(), 0, rounded);
}

void Block::Release::operator()(double* data) const noexcept { std::free(data); }

LimitSwarm::LimitSwarm(Objective chosen, Topology informants, std::size_t rows, std::size_t width)
    : objective(chosen),
      topology(informants),
      particles(rows),
      dimension(width),
      stride(stride_of(width)),
      start(rows * stride),
      position(rows * stride),
      velocity(rows * stride),
      personal_best(rows * stride),
      lower(stride),
      upper(stride),
      scale(stride),
      informant(stride),
      scratch(2 * (stride + 16)),
      start_fitness(rows),
      fitness(rows) {
  const ObjectiveFacts& facts = facts_of(objective);
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> coordinate(-facts.bound, facts.bound);
  for (auto& word : generator) std::ranges::generate(word, std::ref(random));
  for (std::size_t i = 0; i < dimension; ++i) {
    lower.data()[i] = -facts.bound;
    upper.data()[i] = facts.bound;
    scale.data()[i] = 0.5 * std::numbers::inv_pi / std::sqrt(static_cast<double>(i + 1));
  }
  for (std::size_t row = 0; row < particles; ++row) {
    double* x = start.data() + row * stride;
    std::generate_n(x, dimension, [&] { return coordinate(random); });
    start_fitness[row] = facts.plain(x, dimension);
  }
  restart();
}

void LimitSwarm::restart() {
  const std::size_t count = particles * stride;
  std::copy_n(start.data(), count, position.data());
  std::copy_n(start.data(), count, personal_best.data());
  std::fill_n(velocity.data(), count, 0.0);
  fitness = start_fitness;
  best = static_cast<std::size_t>(std::ranges::min_element(fitness) - fitness.begin());
}

}  // namespace skein::bench
