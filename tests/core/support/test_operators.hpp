// Operators that several tests of the engine use.
#pragma once

#include <array>
#include <tuple>

#include "skein/operator.hpp"

namespace skein::test {

/// value <- uniform numbers, row by row.
struct FillUniform {
  static constexpr std::string_view name = "fill_uniform";
  static constexpr std::string_view summary = "fills a column with uniform numbers";
  static constexpr std::array streams = {StreamSpec{"", "the numbers"}};
  struct Ports {
    Out<double> value;
  };
  static constexpr auto ports = std::tuple{out("value", &Ports::value, "real[n,d]", "what is filled")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      context.random(0).fill_uniform(io.value.row(row), io.value.width());
    }
  }
};

/// The sum of squares of a row.
[[nodiscard]] inline double sphere(const double* x, std::size_t width) {
  double sum = 0.0;
  for (std::size_t i = 0; i < width; ++i) sum += x[i] * x[i];
  return sum;
}

/// fitness <- (0, sum of squares).
struct Sphere {
  static constexpr std::string_view name = "sphere";
  static constexpr std::string_view summary = "sum of squares";
  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "real[n,d]", "points"),
                                           out("fitness", &Ports::fitness, "fitness[n]", "their values")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = sphere(io.position.row(row), io.position.width());
    }
  }
};

/// Keeps the better of a row and its best.
struct Remember {
  static constexpr std::string_view name = "remember";
  static constexpr std::string_view summary = "keeps personal bests";
  struct Ports {
    InBundle position;
    InFitness fitness;
    InOutBundle best;
    InOut<double> best_fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "T[n]", "solutions"),
                                           in("fitness", &Ports::fitness, "fitness[n]", ""),
                                           inout("best", &Ports::best, "T[n]", "the best solution of each row"),
                                           inout("best_fitness", &Ports::best_fitness, "fitness[n]", "its fitness")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (!better(io.fitness[row], {io.best_fitness.row(row), io.best_fitness.width()})) continue;
      io.best.copy_row(row, io.position, row);
      for (std::size_t i = 0; i < io.fitness.width(); ++i) io.best_fitness(row, i) = io.fitness(row, i);
    }
  }
};

}  // namespace skein::test
