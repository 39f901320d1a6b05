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
constexpr std::size_t slack = 16;

/// As many as stay in the fastest cache while they are moved, evaluated and remembered.
std::size_t rows_at_once_of(std::size_t dimension) {
  return dimension <= 128 ? LimitSwarm::most_rows_at_once : dimension <= 256 ? 4 : 1;
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

LimitSwarm::LimitSwarm(Objective chosen, Topology shape, std::size_t rows, std::size_t width)
    : objective(chosen),
      topology(shape),
      particles(rows),
      dimension(width),
      rows_at_once(rows_at_once_of(width)),
      start(rows * width),
      position(rows * width),
      velocity(rows * width),
      personal_best(rows * width),
      lower(rows_at_once * width),
      upper(rows_at_once * width),
      informants(rows_at_once * width),
      first_personal_best(width),
      scale(width),
      scratch(2 * (rows_at_once * width + slack)),
      fitness_block(rows + 2 * slack),
      start_fitness(rows) {
  const ObjectiveFacts& facts = facts_of(objective);
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> coordinate(-facts.bound, facts.bound);
  for (auto& word : generator) std::ranges::generate(word, std::ref(random));
  std::fill_n(lower.data(), rows_at_once * dimension, -facts.bound);
  std::fill_n(upper.data(), rows_at_once * dimension, facts.bound);
  for (std::size_t i = 0; i < dimension; ++i) {
    scale.data()[i] = 0.5 * std::numbers::inv_pi / std::sqrt(static_cast<double>(i + 1));
  }
  for (std::size_t row = 0; row < particles; ++row) {
    double* x = start.data() + row * dimension;
    std::generate_n(x, dimension, [&] { return coordinate(random); });
    start_fitness[row] = facts.plain(x, dimension);
  }
  restart();
}

void LimitSwarm::restart() {
  const std::size_t count = particles * dimension;
  std::copy_n(start.data(), count, position.data());
  std::copy_n(start.data(), count, personal_best.data());
  std::fill_n(velocity.data(), count, 0.0);
  std::ranges::copy(start_fitness, fitness());
  best = static_cast<std::size_t>(std::ranges::min_element(start_fitness) - start_fitness.begin());
}

}  // namespace skein::bench
