// Local searches by NLopt: what they find, and that they stay within bounds and budget.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <utility>
#include <vector>

#include "operators/local_search/search.hpp"

namespace skein::local_search {
namespace {

constexpr std::array methods = {Method::nelder_mead, Method::sbplx, Method::cobyla, Method::bobyqa, Method::lbfgs};

using Values = std::array<double, 2>;  ///< violation and objective
using Function = std::function<Values(std::span<const double>)>;

class Service final : public EvaluatorService {
 public:
  explicit Service(Function function) : function_(std::move(function)) {}
  FitnessRow evaluate(std::size_t, const Bundle& solution, std::size_t) override {
    ++calls;
    const ColumnView& part = solution.parts()[0];
    const std::span<const double> x(reinterpret_cast<const double*>(part.data), part.width);
    for (const double element : x) {
      least = std::min(least, element);
      most = std::max(most, element);
    }
    values_ = function_(x);
    return {values_.data(), 2};
  }
  [[nodiscard]] std::uint64_t evaluations_left() const noexcept override { return 1'000'000; }
  [[nodiscard]] std::optional<double> target() const noexcept override { return goal; }
  [[nodiscard]] std::size_t fitness_width() const noexcept override { return 2; }

  /// Without counting.
  [[nodiscard]] Values at(std::span<const double> x) const { return function_(x); }

  std::uint64_t calls = 0;
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  std::optional<double> goal;

 private:
  Function function_;
  Values values_{};
};

struct Found {
  std::vector<double> x;
  Values values;
};

SearchSettings settings(Method method, std::uint64_t budget) { return {method, budget, 1e-10, 0.05, 1e6}; }

Found search(Service& service, const SearchSettings& given, const std::vector<double>& start, double lower,
             double upper) {
  PortView port;
  port.evaluator = &service;
  const InEvaluator evaluate(port);
  const Values begin = service.at(start);
  const std::vector<double> low(start.size(), lower);
  const std::vector<double> high(start.size(), upper);
  Search one(evaluate, 0, given, low, high);
  one.run(start, {begin.data(), 2});
  return {{one.best().begin(), one.best().end()}, {one.best_fitness().violation(), one.best_fitness().objective()}};
}

/// The sum of (i + 1) (x_i - 1.5)^2, without constraints.
Values bowl(std::span<const double> x) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += static_cast<double>(i + 1) * (x[i] - 1.5) * (x[i] - 1.5);
  return {0, sum};
}

Values rosenbrock(std::span<const double> x) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    sum += 100 * std::pow(x[i + 1] - x[i] * x[i], 2) + std::pow(1 - x[i], 2);
  }
  return {0, sum};
}

/// x + y within the unit circle; the minimum is -sqrt 2.
Values in_circle(std::span<const double> x) { return {std::max(0.0, x[0] * x[0] + x[1] * x[1] - 1), x[0] + x[1]}; }

}  // namespace

TEST_CASE("local search finds the minimum of a bowl, within the bounds, by every method") {
  for (const Method method : methods) {
    for (const std::size_t dimension : {1U, 2U, 5U}) {
      CAPTURE(static_cast<int>(method));
      CAPTURE(dimension);
      Service service(bowl);
      const Found found = search(service, settings(method, 5000), std::vector<double>(dimension, -3.0), -4, 5);
      for (const double element : found.x) CHECK(element == doctest::Approx(1.5).epsilon(1e-4));
      CHECK(service.calls <= 5000);
      CHECK(service.least >= -4);
      CHECK(service.most <= 5);
      // The bowl's minimum may lie outside: then it is at the bound.
      Service bounded(bowl);
      CHECK(search(bounded, settings(method, 5000), std::vector<double>(dimension, -3.0), -4, 1).x[0] ==
            doctest::Approx(1).epsilon(1e-4));
      CHECK(bounded.most <= 1);
    }
  }
}

TEST_CASE("local search never asks for more than its budget, and never loses its start") {
  for (const Method method : methods) {
    for (const std::uint64_t budget : {0U, 1U, 2U, 7U, 11U, 60U}) {
      Service service(rosenbrock);
      const std::vector<double> start(5, 0.5);
      PortView port;
      port.evaluator = &service;
      const InEvaluator evaluate(port);
      const Values begin = rosenbrock(start);
      const std::vector<double> low(5, -2.0);
      const std::vector<double> high(5, 2.0);
      Search one(evaluate, 0, settings(method, budget), low, high);
      one.run(start, {begin.data(), 2});
      CHECK(service.calls <= budget);
      CHECK(one.best_fitness().objective() <= begin[1]);
      CHECK(rosenbrock(one.best())[1] == one.best_fitness().objective());
    }
  }
}

TEST_CASE("L-BFGS with numerical slopes solves Rosenbrock's function to the last digits") {
  Service service(rosenbrock);
  const Found found = search(service, settings(Method::lbfgs, 20'000), std::vector<double>(10, 0.3), -30, 30);
  CHECK(found.values[1] < 1e-13);
  CHECK(service.calls < 10'000);
}

TEST_CASE("constraints: COBYLA knows the violation, the other methods a penalty") {
  for (const Method method : {Method::cobyla, Method::nelder_mead, Method::sbplx}) {
    CAPTURE(static_cast<int>(method));
    Service service(in_circle);
    const Found found = search(service, settings(method, 3000), {0.1, 0.2}, -2, 2);
    CHECK(found.values[0] == 0);
    CHECK(found.values[1] == doctest::Approx(-std::numbers::sqrt2).epsilon(method == Method::cobyla ? 1e-4 : 0.05));
  }
}

TEST_CASE("what an evaluation throws comes out of the search, and nothing is evaluated after it") {
  for (const Method method : methods) {
    std::size_t calls = 0;  // the first is the test's own
    Service service([&calls](std::span<const double> x) {
      if (++calls == 6) throw std::runtime_error("the simulator is gone");
      return bowl(x);
    });
    CHECK_THROWS_WITH(search(service, settings(method, 1000), {-1, 0, 1}, -4, 4), "the simulator is gone");
    CHECK(calls == 6);
  }
}

TEST_CASE("a search ends at the target, and bears values that are no numbers and bounds without width") {
  for (const Method method : methods) {
    CAPTURE(static_cast<int>(method));
    Service service(bowl);
    service.goal = 3.0;
    const Found found = search(service, settings(method, 5000), {-3, -3}, -4, 4);
    CHECK(found.values[1] <= 3.0);
    CHECK(service.calls < 200);
    Service holes([](std::span<const double> x) {
      return x[0] < 0 ? Values{0, std::numeric_limits<double>::quiet_NaN()} : bowl(x);
    });
    CHECK(std::isfinite(search(holes, settings(method, 500), {0.5, 0.5}, -4, 4).values[1]));
    CHECK(holes.calls <= 500);
    Service point(bowl);
    CHECK(search(point, settings(method, 500), {2, 2}, 2, 2).x == std::vector<double>{2, 2});
    CHECK(point.calls == 0);
    Service lost(bowl);
    static_cast<void>(search(lost, settings(method, 500), {std::numeric_limits<double>::quiet_NaN(), 0}, -4, 4));
    CHECK(lost.calls == 0);
  }
}

}  // namespace skein::local_search
