#include "core/kernel/kernel-inl.hpp"

#include <vector>

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

// A function of its own for every formula: all of them inlined into one function take minutes to optimize.
template <class Formula>
HWY_NOINLINE void compute_formula(const double* x, const double* y, std::size_t count, double* out, Formula formula) {
  write_places(count, out, [=](auto at) SKEIN_INLINED { return formula(at.load(x), at.load(y)); });
}

/// The results of every formula, one array of `count` numbers after the other.
void compute_formulas(const double* x, const double* y, std::size_t count, double* out) {
  const auto write = [&](auto formula) {
    compute_formula(x, y, count, out, formula);
    out += count;
  };
  write([](Reals a, Reals b) SKEIN_INLINED { return a + b; });
  write([](Reals a, Reals b) SKEIN_INLINED { return a - b; });
  write([](Reals a, Reals b) SKEIN_INLINED { return a * b; });
  write([](Reals a, Reals b) SKEIN_INLINED { return a / b; });
  write([](Reals a, Reals) SKEIN_INLINED { return -a; });
  write([](Reals a, Reals b) SKEIN_INLINED { return math::minimum(a, b); });
  write([](Reals a, Reals b) SKEIN_INLINED { return math::maximum(a, b); });
  write([](Reals a, Reals b) SKEIN_INLINED { return math::clamp(a, b, 2.0); });
  write([](Reals a, Reals b) SKEIN_INLINED { return select(a < b, a, 1.0); });
  write([](Reals a, Reals b) SKEIN_INLINED { return select(!(a >= b), a, 1.0); });
  write([](Reals a, Reals b) SKEIN_INLINED { return zero_where((a == b) | (a > b), a); });
  write([](Reals a, Reals) SKEIN_INLINED { return square_root(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::absolute(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::exp(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::log(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::cos_turns(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::sin_turns(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::cos_within(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::sin_within(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::cos(a); });
  write([](Reals a, Reals) SKEIN_INLINED { return math::sin(a); });
}

/// A sum, a product and a sum with the places' own numbers.
void compute_folds(const double* x, std::size_t count, double* out) {
  out[0] = sum8(count, [x](auto at) SKEIN_INLINED { return at.load(x); });
  out[1] = product8(count, [x](auto at) SKEIN_INLINED { return at.load(x); });
  out[2] = sum8(count, [x](auto at) SKEIN_INLINED { return at.numbers_from(1) * at.load(x); });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "skein/random.hpp"
#include "tests/support/targets.hpp"

using namespace skein;
using namespace skein::testing;

namespace skein {
namespace {
HWY_EXPORT(compute_formulas);
HWY_EXPORT(compute_folds);
}  // namespace
}  // namespace skein

namespace {

using Formula = double (*)(double, double);
constexpr std::array<Formula, 21> formulas = {
    [](double a, double b) { return a + b; },
    [](double a, double b) { return a - b; },
    [](double a, double b) { return a * b; },
    [](double a, double b) { return a / b; },
    [](double a, double) { return -a; },
    [](double a, double b) { return math::minimum(a, b); },
    [](double a, double b) { return math::maximum(a, b); },
    [](double a, double b) { return math::clamp(a, b, 2.0); },
    [](double a, double b) { return a < b ? a : 1.0; },
    [](double a, double b) { return !(a >= b) ? a : 1.0; },
    [](double a, double b) { return a == b || a > b ? 0.0 : a; },
    [](double a, double) { return std::sqrt(a); },
    [](double a, double) { return std::abs(a); },
    [](double a, double) { return math::exp(a); },
    [](double a, double) { return math::log(a); },
    [](double a, double) { return math::cos_turns(a); },
    [](double a, double) { return math::sin_turns(a); },
    [](double a, double) { return math::cos_within(a); },
    [](double a, double) { return math::sin_within(a); },
    [](double a, double) { return math::cos(a); },
    [](double a, double) { return math::sin(a); },
};

/// Widths with every kind of remainder.
std::vector<std::size_t> widths() {
  std::vector<std::size_t> all(40);
  std::iota(all.begin(), all.end(), std::size_t{1});
  all.insert(all.end(), {100, 257});
  return all;
}

}  // namespace

TEST_CASE("formulas have the same bits for vectors as for one number, on every target") {
  for_each_target([](const std::string& target) {
    CAPTURE(target);
    for (const std::size_t width : widths()) {
      CAPTURE(width);
      const std::vector<double> both = numbers_of_every_kind(2 * width);
      // Of exactly this size, so that sanitizers see a step beyond.
      const std::vector<double> x(both.begin(), both.begin() + static_cast<std::ptrdiff_t>(width));
      const std::vector<double> y(both.begin() + static_cast<std::ptrdiff_t>(width), both.end());
      std::vector<double> found(formulas.size() * width);
      HWY_DYNAMIC_DISPATCH(compute_formulas)(x.data(), y.data(), width, found.data());
      std::vector<double> expected;
      for (const Formula formula : formulas) {
        for (std::size_t i = 0; i < width; ++i) expected.push_back(formula(x[i], y[i]));
      }
      CHECK(same_bits(found, expected));
    }
  });
}

TEST_CASE("sums and products have the same bits on every target") {
  for_each_target([](const std::string& target) {
    CAPTURE(target);
    for (const std::size_t width : widths()) {
      CAPTURE(width);
      const std::vector<double> x = some_numbers(width, -1.5, 1.5, width);
      std::array<double, 8> lanes = {1, 1, 1, 1, 1, 1, 1, 1};
      for (std::size_t i = 0; i < width; ++i) lanes[i % 8] *= x[i];
      const double product =
          ((lanes[0] * lanes[4]) * (lanes[2] * lanes[6])) * ((lanes[1] * lanes[5]) * (lanes[3] * lanes[7]));
      const double weighted = math::sum8(width, [&](std::size_t i) { return static_cast<double>(i + 1) * x[i]; });
      std::vector<double> found(3);
      HWY_DYNAMIC_DISPATCH(compute_folds)(x.data(), width, found.data());
      CHECK(same_bits(found, {math::sum8(x.data(), width), product, weighted}));
    }
  });
}

TEST_CASE("a kernel writes nothing beyond the end of a row") {
  for_each_target([](const std::string& target) {
    CAPTURE(target);
    for (const std::size_t width : widths()) {
      CAPTURE(width);
      const std::vector<double> x(width, 1.0);
      std::vector<double> found(formulas.size() * width + 8, -7.0);
      HWY_DYNAMIC_DISPATCH(compute_formulas)(x.data(), x.data(), width, found.data());
      CHECK(std::vector<double>(found.end() - 8, found.end()) == std::vector<double>(8, -7.0));
    }
  });
}

TEST_CASE("random numbers are the same on every target") {
  std::vector<double> first;
  for_each_target([&](const std::string& target) {
    CAPTURE(target);
    LaneGenerator random(RandomKey{1, 2, 3, 4, 5});
    std::vector<double> numbers;
    for (const std::size_t count : widths()) {
      std::vector<double> part(count);
      random.fill_uniform(part.data(), count);
      numbers.insert(numbers.end(), part.begin(), part.end());
      random.fill_normal(part.data(), count);
      numbers.insert(numbers.end(), part.begin(), part.end());
      std::vector<std::uint64_t> words(count);
      random.fill_bits(words.data(), count);
      for (const std::uint64_t word : words) numbers.push_back(static_cast<double>(word >> 11));
    }
    if (first.empty()) first = numbers;
    CHECK(same_bits(numbers, first));
  });
}
#endif  // HWY_ONCE
