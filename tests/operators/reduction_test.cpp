// Sums, means, norms and scalar products.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/math.hpp"
#include "skein/random.hpp"
#include "tests/operators/shapes.hpp"
#include "tests/support/targets.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

/// One port in, one port out.
std::vector<double> reduced(const OperatorTable& table, std::size_t rows, std::size_t dimension, const char* in,
                            const std::vector<double>& content, const char* out) {
  SingleOperator single(table, rows, dimension);
  single.bind(in, content).run();
  return single.content(out);
}

/// f(row group's first row, row after its last) for all row groups.
template <class F>
void each_group(std::size_t rows, std::size_t dimension, F f) {
  const std::size_t size = rows_per_group(dimension);
  for (std::size_t first = 0; first < rows; first += size) f(first, std::min(first + size, rows));
}

}  // namespace

TEST_CASE("reductions over components take every row for itself, in 8 lanes") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      const std::vector<double> vector = some_numbers(rows * dimension, -3, 3, 1);
      std::vector<double> sums;
      std::vector<double> means;
      std::vector<double> norms;
      for (std::size_t row = 0; row < rows; ++row) {
        const double* x = vector.data() + row * dimension;
        sums.push_back(math::sum8(x, dimension));
        means.push_back(sums.back() / double(dimension));
        norms.push_back(std::sqrt(math::sum8(dimension, [x](std::size_t i) { return x[i] * x[i]; })));
        double plain = 0;
        for (std::size_t i = 0; i < dimension; ++i) plain += x[i];
        CHECK(sums.back() == doctest::Approx(plain).epsilon(1e-12));
      }
      CHECK(same_bits(reduced(sum_over_components_operator(), rows, dimension, "vector", vector, "sum"), sums));
      CHECK(same_bits(reduced(mean_over_components_operator(), rows, dimension, "vector", vector, "mean"), means));
      CHECK(same_bits(reduced(norm_operator(), rows, dimension, "vector", vector, "norm"), norms));
    }
  }
}

TEST_CASE("limit_norm shortens what is too long and keeps its direction") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      const std::vector<double> vector = some_numbers(rows * dimension, -3, 3, 1);
      for (const bool per_row : {false, true}) {
        const std::vector<double> limit = per_row ? some_numbers(rows, 0, 10, 2) : std::vector<double>{4};
        std::vector<double> expected;
        for (std::size_t row = 0; row < rows; ++row) {
          const double* x = vector.data() + row * dimension;
          const double norm = std::sqrt(math::sum8(dimension, [x](std::size_t i) { return x[i] * x[i]; }));
          const double longest = limit[per_row ? row : 0];
          const double factor = norm > longest ? longest / norm : 1;
          for (std::size_t i = 0; i < dimension; ++i) expected.push_back(x[i] * factor);
        }
        SingleOperator single(limit_norm_operator(), rows, dimension);
        single.bind("vector", vector).bind("limit", limit, per_row ? "real[n]" : "real").run();
        CHECK(same_bits(single.content("vector"), expected));
      }
    }
  }
}

TEST_CASE("limit_norm on numbers whose squares overflow or underflow, on zero and on NaN") {
  const auto limited = [](std::vector<double> vector, double limit) {
    SingleOperator single(limit_norm_operator(), 1, 2);
    single.bind("vector", std::move(vector)).bind("limit", {limit}, "real").run();
    return single.content("vector");
  };
  const auto is_near = [](const std::vector<double>& found, double x, double y) {
    return std::abs(found[0] / x - 1) < 1e-15 && std::abs(found[1] / y - 1) < 1e-15;
  };
  CHECK(is_near(limited({3e300, -4e300}, 5), 3, -4));
  CHECK(is_near(limited({3e-200, -4e-200}, 1e-200), 0.6e-200, -0.8e-200));
  CHECK(same_bits(limited({3e-200, -4e-200}, 6e-200), {3e-200, -4e-200}));
  CHECK(same_bits(limited({0, -0.0}, 0), {0, -0.0}));
  CHECK(same_bits(limited({3, 4}, 0), {0, 0}));
  CHECK(same_bits(limited({3, not_a_number}, 1), {3, not_a_number}));
  CHECK(same_bits(limited({3, 4}, infinity), {3, 4}));
  const std::vector<double> infinite = limited({infinity, 4}, 1);
  CHECK(std::isnan(infinite[0]));
  CHECK(infinite[1] == 0);
}

TEST_CASE("dot takes the scalar product for every shape of the second factor") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      for (const Shape& shape : shapes(rows, dimension)) {
        const std::vector<double> first = some_numbers(rows * dimension, -3, 3, 1);
        const std::vector<double> second = some_numbers(shape.count, -3, 3, 2);
        std::vector<double> expected;
        for (std::size_t row = 0; row < rows; ++row) {
          expected.push_back(math::sum8(
              dimension, [&](std::size_t i) { return first[row * dimension + i] * shape.of(second, row, i); }));
        }
        SingleOperator single(dot_operator(), rows, dimension);
        single.bind("first", first).bind("second", second, shape.type).run();
        CHECK(same_bits(single.content("product"), expected));
      }
    }
  }
  SingleOperator with_itself(dot_operator(), 1, 3);
  with_itself.bind("first", {1, 2, 3}).share("second", "first").run();
  CHECK(same_bits(with_itself.content("product"), {14}));
}

TEST_CASE("norm of known vectors, infinities and NaN") {
  CHECK(same_bits(
      reduced(norm_operator(), 5, 2, "vector", {3, 4, 0, -0.0, -infinity, 1, not_a_number, 1, 1e200, 0}, "norm"),
      {5, 0, infinity, not_a_number, infinity}));
}

TEST_CASE("reductions over rows add row after row in a group, then group after group") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U, 300U}) {
    for (const std::size_t dimension : dimensions) {
      const std::vector<double> vector = some_numbers(rows * dimension, -3, 3, 1);
      std::vector<double> sums;
      std::vector<double> means;
      for (std::size_t i = 0; i < dimension; ++i) {
        double total = 0;
        each_group(rows, dimension, [&](std::size_t first, std::size_t last) {
          double sum = 0;
          for (std::size_t row = first; row < last; ++row) sum += vector[row * dimension + i];
          total = first == 0 ? sum : total + sum;
        });
        sums.push_back(total);
        means.push_back(total / double(rows));
      }
      CHECK(same_bits(reduced(sum_over_rows_operator(), rows, dimension, "vector", vector, "sum"), sums));
      CHECK(same_bits(reduced(mean_over_rows_operator(), rows, dimension, "vector", vector, "mean"), means));
    }
  }
  CHECK(same_bits(reduced(mean_over_rows_operator(), 3, 2, "vector", {1, 10, 2, 20, 6, not_a_number}, "mean"),
                  {3, not_a_number}));
}

TEST_CASE("reductions of one number per row take 8 lanes in a group, then group after group") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U, 300U}) {
    for (const std::size_t dimension : dimensions) {
      const std::vector<double> numbers = some_numbers(rows, -3, 3, 1);
      double total = 0;
      each_group(rows, dimension, [&](std::size_t first, std::size_t last) {
        const double sum = math::sum8(numbers.data() + first, last - first);
        total = first == 0 ? sum : total + sum;
      });
      CHECK(same_bits(reduced(scalar_sum_operator(), rows, dimension, "numbers", numbers, "sum"), {total}));
      CHECK(same_bits(reduced(scalar_mean_operator(), rows, dimension, "numbers", numbers, "mean"),
                      {total / double(rows)}));
    }
  }
  CHECK(same_bits(reduced(scalar_mean_operator(), 4, 1, "numbers", {1, 2, 3, 6}, "mean"), {3}));
  CHECK(same_bits(reduced(scalar_sum_operator(), 2, 1, "numbers", {1, infinity}, "sum"), {infinity}));
}

TEST_CASE("reductions over no rows") {
  const auto finished = [](const OperatorTable& table, double* result, std::size_t width) {
    double number = 0;
    const ColumnView in{reinterpret_cast<std::byte*>(&number), width * sizeof(double), width, Element::real};
    const ColumnView out{reinterpret_cast<std::byte*>(result), 0, width, Element::real};
    PortView ports[2];
    ports[0].parts = &in;
    ports[1].parts = &out;
    ports[0].part_count = ports[1].part_count = 1;
    table.finish(nullptr, ports, nullptr);
  };
  double results[2] = {7, 7};
  finished(sum_over_rows_operator(), results, 2);
  CHECK((results[0] == 0 && results[1] == 0));
  finished(mean_over_rows_operator(), results, 2);
  CHECK((std::isnan(results[0]) && std::isnan(results[1])));
  finished(scalar_sum_operator(), results, 1);
  CHECK(results[0] == 0);
  finished(scalar_mean_operator(), results, 1);
  CHECK(std::isnan(results[0]));
}

TEST_CASE("reductions of rows have the same bits on every target") {
  constexpr std::size_t rows = 7;
  for (const std::size_t width : std::vector<std::size_t>{1, 2, 3, 5, 8, 9, 15, 16, 30, 100}) {
    CAPTURE(width);
    std::vector<double> numbers = some_numbers(3 * width, -2, 2, width);
    const std::vector<double> odd = numbers_of_every_kind(4 * width);
    numbers.insert(numbers.end(), odd.begin(), odd.end());
    std::vector<double> first;
    for_each_target([&](const std::string& target) {
      CAPTURE(target);
      std::vector<double> found;
      const auto append = [&](const std::vector<double>& more) { found.insert(found.end(), more.begin(), more.end()); };
      append(SingleOperator(norm_operator(), rows, width).bind("vector", numbers).run().content("norm"));
      append(SingleOperator(sum_over_components_operator(), rows, width).bind("vector", numbers).run().content("sum"));
      append(
          SingleOperator(mean_over_components_operator(), rows, width).bind("vector", numbers).run().content("mean"));
      SingleOperator product(dot_operator(), rows, width);
      append(product.bind("first", numbers).bind("second", numbers).run().content("product"));
      SingleOperator limited(limit_norm_operator(), rows, width);
      append(limited.bind("vector", numbers).bind("limit", {0.5}, "real").run().content("vector"));
      if (first.empty()) first = found;
      CHECK(same_bits(found, first));
    });
  }
}
