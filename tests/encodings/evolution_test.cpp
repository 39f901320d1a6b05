// Crossover, mutation and differences of every encoding, against plain versions.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/binary_vector/all.hpp"
#include "encodings/permutation/all.hpp"
#include "encodings/real_vector/all.hpp"
#include "skein/encodings/permutation.hpp"
#include "skein/math.hpp"
#include "skein/registry.hpp"
#include "skein/type.hpp"
#include "tests/encodings/draws.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr std::size_t row_counts[] = {1, 2, 3, 65};
constexpr std::size_t dimensions[] = {1, 2, 30, 600};

std::vector<double> per_row(std::size_t rows, std::size_t dimension, std::size_t count, const char* stream) {
  const std::string type = "real[n," + std::to_string(count) + "]";
  return draws(uniform_random_vector_operator(), rows, dimension, stream, type.c_str());
}

std::size_t index_of(double u, std::size_t count) { return static_cast<std::size_t>(u * static_cast<double>(count)); }

std::vector<double> some_bits(std::size_t count, std::uint64_t seed) {
  std::vector<double> bits = some_numbers(count, -1, 1, seed);
  for (double& bit : bits) bit = bit > 0 ? 1 : 0;
  return bits;
}

template <class Body>
void for_sizes(Body body) {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      CAPTURE(rows);
      CAPTURE(dimension);
      body(rows, dimension);
    }
  }
}

std::vector<std::int64_t> order_of(const std::vector<double>& keys, std::size_t row, std::size_t dimension) {
  std::vector<std::int64_t> order(dimension);
  decode_permutation(&keys[row * dimension], order);
  return order;
}

}  // namespace

TEST_CASE("every operator of permutations keeps the contract") {
  Registry registry;
  registry.begin_plugin("permutation");
  register_permutation(registry);
  REQUIRE(registry.diagnostics().empty());
  CHECK(registry.operators().size() == 3);
  for (const auto& entry : registry.operators()) check_contract(*entry.content);
}

TEST_CASE("differential_mutation adds a scaled difference") {
  for_sizes([](std::size_t rows, std::size_t dimension) {
    const std::vector<double> x = some_numbers(rows * dimension, -5, 5, 1);
    std::vector<double> base(rows), first(rows), second(rows), mutant, difference;
    for (std::size_t row = 0; row < rows; ++row) {
      base[row] = static_cast<double>((row + 1) % rows);
      first[row] = static_cast<double>((3 * row + 2) % rows);
      second[row] = row == 0 ? static_cast<double>(no_row) : static_cast<double>((5 * row) % rows);
    }
    for (std::size_t row = 0; row < rows; ++row) {
      const auto at = [&](double of) {
        return (of == static_cast<double>(no_row) ? row : std::size_t(of)) * dimension;
      };
      for (std::size_t i = 0; i < dimension; ++i) {
        difference.push_back(0.7 * (x[at(first[row]) + i] - x[at(second[row]) + i]));
        mutant.push_back(x[at(base[row]) + i] + difference.back());
      }
    }
    for (const bool shows_difference : {false, true}) {
      SingleOperator single(differential_mutation_operator(), rows, dimension);
      single.bind("position", x).bind("base", base).bind("first", first).bind("second", second);
      single.bind("scale_factor", {0.7}, "real");
      if (shows_difference) single.bind("difference");
      single.run();
      CHECK(same_bits(single.content("mutant"), mutant));
      if (shows_difference) CHECK(same_bits(single.content("difference"), difference));
    }
  });
}

TEST_CASE("binomial_crossover takes components of the mate, one in any case") {
  for_sizes([](std::size_t rows, std::size_t dimension) {
    const std::vector<double> u = uniform_draws(rows, dimension, "component numbers");
    const std::vector<double> certain = per_row(rows, dimension, 1, "certain numbers");
    for (const double rate : {0.0, 0.3, 1.0}) {
      std::vector<double> position = some_numbers(rows * dimension, -5, 5, 1);
      const std::vector<double> mate = some_numbers(rows * dimension, -5, 5, 2);
      SingleOperator single(binomial_crossover_operator(), rows, dimension);
      single.bind("position", position).bind("mate", mate).bind("rate", {rate}, "real");
      single.stream("component", "component numbers").stream("certain", "certain numbers").run();
      std::size_t taken = 0;
      for (std::size_t at = 0; at < position.size(); ++at) {
        if (u[at] < rate || at % dimension == index_of(certain[at / dimension], dimension)) {
          position[at] = mate[at];
          ++taken;
        }
      }
      CHECK(same_bits(single.content("position"), position));
      if (rate == 0) CHECK(taken == rows);
      if (rate == 1) CHECK(taken == rows * dimension);
    }
  });
}

TEST_CASE("simulated_binary_crossover spreads about both parents") {
  for_sizes([](std::size_t rows, std::size_t dimension) {
    const std::vector<double> u = uniform_draws(rows, dimension, "spread numbers");
    const std::vector<double> w = uniform_draws(rows, dimension, "choice numbers");
    for (const double eta : {0.0, 2.0, 20.0}) {
      std::vector<double> position = some_numbers(rows * dimension, -5, 5, 1);
      const std::vector<double> mate = some_numbers(rows * dimension, -5, 5, 2);
      SingleOperator single(simulated_binary_crossover_operator(), rows, dimension);
      single.bind("position", position).bind("mate", mate).bind("lower", {-4.5}).bind("upper", {4.0});
      single.bind("rate", {0.6}).bind("distribution_index", {eta});
      single.stream("spread", "spread numbers").stream("choice", "choice numbers").run();
      const std::vector<double> found = single.content("position");
      for (std::size_t at = 0; at < position.size(); ++at) {
        if (w[at] >= 0.6) {
          CHECK(found[at] == position[at]);
          continue;
        }
        const double beta = std::pow(u[at] <= 0.5 ? 2 * u[at] : 1 / (2 * (1 - u[at])), 1 / (eta + 1));
        const double near = w[at] < 0.3 ? position[at] : mate[at];
        const double far = w[at] < 0.3 ? mate[at] : position[at];
        const double child = 0.5 * ((1 + beta) * near + (1 - beta) * far);
        CHECK(found[at] == doctest::Approx(std::clamp(child, -4.5, 4.0)).epsilon(1e-9));
      }
    }
  });
}

TEST_CASE("gaussian_mutation adds normal numbers within the bounds") {
  for_sizes([](std::size_t rows, std::size_t dimension) {
    const std::vector<double> row_chance = per_row(rows, dimension, 1, "row numbers");
    const std::vector<double> certain = per_row(rows, dimension, 1, "certain numbers");
    const std::vector<double> chance = uniform_draws(rows, dimension, "component numbers");
    const std::vector<double> z = normal_draws(rows, dimension, "normal numbers");
    for (const double share : {0.0, 0.4, 1.0}) {
      for (const double probability : {0.0, 0.2, 1.0}) {
        std::vector<double> position = some_numbers(rows * dimension, -5, 5, 1);
        SingleOperator single(gaussian_mutation_operator(), rows, dimension);
        single.bind("position", position).bind("lower", {-5}).bind("upper", {5});
        single.bind("share", {share}).bind("probability", {probability}).bind("step_size", {0.2});
        single.stream("row", "row numbers").stream("certain", "certain numbers");
        single.stream("component", "component numbers").stream("normal", "normal numbers").run();
        for (std::size_t at = 0; at < position.size(); ++at) {
          const std::size_t row = at / dimension;
          if (row_chance[row] >= share) continue;
          if (chance[at] >= probability && at % dimension != index_of(certain[row], dimension)) continue;
          position[at] = std::clamp(position[at] + z[at] * (0.2 * 10), -5.0, 5.0);
        }
        CHECK(same_bits(single.content("position"), position));
      }
    }
  });
}

TEST_CASE("polynomial_mutation stays within the bounds, near where it was, and has its distribution") {
  constexpr std::size_t rows = 200;
  constexpr std::size_t dimension = 30;
  const auto mutated = [&](double start, double share, double probability, double eta) {
    SingleOperator single(polynomial_mutation_operator(), rows, dimension);
    single.bind("position", {start}).bind("lower", {0}).bind("upper", {10});
    single.bind("share", {share}).bind("probability", {probability}).bind("distribution_index", {eta}).run();
    return single.content("position");
  };
  const auto changed = [](const std::vector<double>& values, double start) {
    return static_cast<double>(std::ranges::count_if(values, [&](double x) { return x != start; })) /
           static_cast<double>(values.size());
  };
  CHECK(changed(mutated(3, 0, 1, 20), 3) == 0);
  CHECK(changed(mutated(3, 1, 0, 20), 3) == 0);
  CHECK(changed(mutated(3, 1, 1, 20), 3) > 0.99);
  CHECK(changed(mutated(3, 1, 0.25, 20), 3) == doctest::Approx(0.25).epsilon(0.1));
  CHECK(changed(mutated(3, 0.5, 1, 20), 3) == doctest::Approx(0.5).epsilon(0.2));
  for (const double start : {0.0, 0.1, 5.0, 10.0}) {
    for (const double eta : {0.0, 5.0, 20.0}) {
      std::vector<double> values = mutated(start, 1, 1, eta);
      std::ranges::sort(values);
      CHECK(values.front() >= 0);
      CHECK(values.back() <= 10);
      // Quantiles of the formula: u is uniform, so the value at u is the u-quantile.
      for (const double u : {0.1, 0.25, 0.4, 0.6, 0.75, 0.9}) {
        const double power = eta + 1;
        const double a = start / 10;
        const double b = 1 - a;
        const double delta = u <= 0.5 ? std::pow(2 * u + (1 - 2 * u) * std::pow(1 - a, power), 1 / power) - 1
                                      : 1 - std::pow(2 * (1 - u) + 2 * (u - 0.5) * std::pow(1 - b, power), 1 / power);
        const auto rank = static_cast<std::size_t>(u * static_cast<double>(values.size()));
        CHECK(std::abs(values[rank] - (start + 10 * delta)) < 0.35);
      }
    }
  }
}

TEST_CASE("crossover and mutation of bits do what they say") {
  for_sizes([](std::size_t rows, std::size_t dimension) {
    const std::vector<double> start = some_bits(rows * dimension, 1);
    const std::vector<double> mate = some_bits(rows * dimension, 2);
    for (const double rate : {0.0, 0.3, 1.0}) {
      std::vector<double> position = start;
      const std::vector<double> u = uniform_draws(rows, dimension, "numbers");
      SingleOperator uniform(uniform_crossover_operator(), rows, dimension);
      uniform.bind("position", start).bind("mate", mate).bind("rate", {rate}).stream("", "numbers").run();
      for (std::size_t at = 0; at < position.size(); ++at) {
        if (u[at] < rate) position[at] = mate[at];
      }
      CHECK(uniform.content("position") == position);

      position = start;
      const std::vector<double> row_chance = per_row(rows, dimension, 1, "row numbers");
      SingleOperator flip(bit_flip_mutation_operator(), rows, dimension);
      flip.bind("position", start).bind("share", {0.5}).bind("probability", {rate});
      flip.stream("row", "row numbers").stream("bit", "numbers").run();
      for (std::size_t at = 0; at < position.size(); ++at) {
        if (row_chance[at / dimension] < 0.5 && u[at] < rate) position[at] = 1 - position[at];
      }
      CHECK(flip.content("position") == position);
    }
    std::vector<double> position = start;
    const std::vector<double> cut = per_row(rows, dimension, 1, "cuts");
    SingleOperator one_point(one_point_crossover_operator(), rows, dimension);
    one_point.bind("position", start).bind("mate", mate).stream("", "cuts").run();
    for (std::size_t at = 0; at < position.size(); ++at) {
      if (at % dimension >= 1 + index_of(cut[at / dimension], dimension - 1)) position[at] = mate[at];
    }
    CHECK(one_point.content("position") == position);
  });
}

TEST_CASE("mutations of permutations swap two items, or reverse a part") {
  for_sizes([](std::size_t rows, std::size_t dimension) {
    const std::vector<double> keys = some_numbers(rows * dimension, 0, 1, 1);
    const std::vector<double> chance = per_row(rows, dimension, 1, "row numbers");
    const std::vector<double> places = per_row(rows, dimension, 2, "places");
    SingleOperator swap(swap_mutation_operator(), rows, dimension);
    swap.bind("position", keys).bind("share", {0.7}).stream("row", "row numbers").stream("items", "places").run();
    SingleOperator inversion(inversion_mutation_operator(), rows, dimension);
    inversion.bind("position", keys).bind("share", {0.7});
    inversion.stream("row", "row numbers").stream("places", "places").run();
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<std::int64_t> reversed = order_of(keys, row, dimension);
      std::vector<double> swapped(keys.begin() + static_cast<std::ptrdiff_t>(row * dimension),
                                  keys.begin() + static_cast<std::ptrdiff_t>((row + 1) * dimension));
      if (dimension > 1 && chance[row] < 0.7) {
        const std::size_t first = index_of(places[2 * row], dimension);
        std::size_t second = index_of(places[2 * row + 1], dimension - 1);
        if (second >= first) ++second;
        std::swap(swapped[first], swapped[second]);
        std::reverse(reversed.begin() + static_cast<std::ptrdiff_t>(std::min(first, second)),
                     reversed.begin() + static_cast<std::ptrdiff_t>(std::max(first, second)) + 1);
      }
      CHECK(order_of(inversion.content("position"), row, dimension) == reversed);
      const std::vector<double> found = swap.content("position");
      CHECK(std::equal(swapped.begin(), swapped.end(), found.begin() + static_cast<std::ptrdiff_t>(row * dimension)));
    }
  });
}

TEST_CASE("order_crossover keeps a part and completes it in the order of the mate") {
  for_sizes([](std::size_t rows, std::size_t dimension) {
    const std::vector<double> keys = some_numbers(rows * dimension, 0, 1, 1);
    const std::vector<double> mate = some_numbers(rows * dimension, 0, 1, 2);
    const std::vector<double> places = per_row(rows, dimension, 2, "places");
    SingleOperator single(order_crossover_operator(), rows, dimension);
    single.bind("position", keys).bind("mate", mate).stream("", "places").run();
    for (std::size_t row = 0; row < rows; ++row) {
      const std::vector<std::int64_t> order = order_of(keys, row, dimension);
      std::vector<std::int64_t> rest = order_of(mate, row, dimension);
      const auto a = static_cast<std::ptrdiff_t>(index_of(places[2 * row], dimension));
      const auto b = static_cast<std::ptrdiff_t>(index_of(places[2 * row + 1], dimension));
      const auto first = std::min(a, b);
      const auto last = std::max(a, b);
      // As it is done by hand: turn the mate so that it begins after the part, strike out the part, and write the rest
      // behind the part, going on at the front.
      std::rotate(rest.begin(), rest.begin() + (last + 1) % static_cast<std::ptrdiff_t>(dimension), rest.end());
      std::erase_if(rest, [&](std::int64_t item) {
        return std::find(order.begin() + first, order.begin() + last + 1, item) != order.begin() + last + 1;
      });
      std::vector<std::int64_t> expected = order;
      for (std::size_t i = 0; i < rest.size(); ++i) {
        expected[(static_cast<std::size_t>(last) + 1 + i) % dimension] = rest[i];
      }
      CHECK(order_of(single.content("position"), row, dimension) == expected);
    }
  });
}
