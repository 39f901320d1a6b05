#include "skein/math.hpp"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace math = skein::math;

namespace {

static_assert(LDBL_MANT_DIG == 64, "the references need the 64-bit mantissa of the x87");

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double denormal_step = std::numeric_limits<double>::denorm_min();
constexpr double smallest_normal = std::numeric_limits<double>::min();
constexpr double largest = std::numeric_limits<double>::max();
constexpr long double two_pi = 6.28318530717958647692528676655900577L;

/// A fixed sequence of test points, independent of what is tested.
class Points {
 public:
  std::uint64_t word() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  double between(double low, double high) { return low + (high - low) * (static_cast<double>(word() >> 11) * 0x1p-53); }
  /// Of either sign, at least 2^low and below 2^high, all exponents alike. No libm: recorded bits depend on it.
  double of_any_size(int low, int high) {
    const int exponent = low + static_cast<int>(word() % static_cast<std::uint64_t>(high - low));
    const double size = std::ldexp(between(1.0, 2.0), exponent);
    return (word() >> 63) != 0 ? -size : size;
  }
  /// Any bit pattern that is a finite number.
  double any_finite() {
    for (;;) {
      const auto x = std::bit_cast<double>(word());
      if (std::isfinite(x)) return x;
    }
  }

 private:
  std::uint64_t state_ = 2024;
};

/// |computed - exact| in units in the last place of exact.
double distance_in_ulp(double computed, long double exact) {
  if (static_cast<long double>(computed) == exact) return 0.0;
  int exponent = 0;
  std::frexp(exact, &exponent);
  const long double unit = std::ldexp(1.0L, (exponent < -1021 ? -1021 : exponent) - 53);
  return static_cast<double>(std::fabs(static_cast<long double>(computed) - exact) / unit);
}

/// Asserts the bound over count points.
template <class Function, class Reference, class Next>
void check_error(double bound, int count, Function function, Reference reference, Next next) {
  double worst = 0.0;
  double worst_at = 0.0;
  for (int i = 0; i < count; ++i) {
    const double x = next();
    const double error = distance_in_ulp(function(x), reference(x));
    if (error <= worst) continue;  // a NaN goes on and fails
    worst = error;
    worst_at = x;
  }
  CAPTURE(worst_at);
  CHECK(worst < bound);
}

long double reference_cos_turns(double x) {
  const double r = std::fabs(x - std::nearbyint(x));
  return r < 0.125 ? std::cos(two_pi * r) : std::sin(two_pi * (0.25L - r));
}

long double reference_sin_turns(double x) {
  const double r = x - std::nearbyint(x);
  const double a = std::fabs(r) > 0.25 ? 0.5 - std::fabs(r) : std::fabs(r);
  const long double y = a < 0.125 ? std::sin(two_pi * a) : std::cos(two_pi * (0.25L - a));
  return std::signbit(r) ? -y : y;
}

long double reference_sin(double x) { return std::sin(static_cast<long double>(x)); }
long double reference_cos(double x) { return std::cos(static_cast<long double>(x)); }
long double reference_exp(double x) { return std::exp(static_cast<long double>(x)); }
long double reference_log(double x) { return std::log(static_cast<long double>(x)); }

bool is_positive_zero(double x) { return x == 0.0 && !std::signbit(x); }
bool is_negative_zero(double x) { return x == 0.0 && std::signbit(x); }

/// FNV-1a over the bits, one value for all NaNs.
class BitHash {
 public:
  void add(double x) {
    const std::uint64_t bits = std::isnan(x) ? 0x7ff8000000000000 : std::bit_cast<std::uint64_t>(x);
    for (int shift = 0; shift < 64; shift += 8) value_ = (value_ ^ ((bits >> shift) & 0xff)) * 0x100000001b3;
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

/// Calls function once for each element in turn; kept apart from any loop the compiler could vectorise.
[[gnu::noinline]] double one_call(double (*function)(double), double x) { return function(x); }

constexpr int many = 100000;

}  // namespace

TEST_CASE("cos_turns and sin_turns stay below 2 ulp") {
  Points points;
  check_error(2.0, many, math::cos_turns, reference_cos_turns, [&] { return points.between(-1.0, 1.0); });
  check_error(2.0, many, math::cos_turns, reference_cos_turns, [&] { return points.between(0.0625, 0.125); });
  check_error(2.0, many, math::cos_turns, reference_cos_turns, [&] { return points.of_any_size(-60, 56); });
  check_error(2.0, many, math::cos_turns, reference_cos_turns, [&] { return points.any_finite(); });
  check_error(2.0, many, math::cos_turns, reference_cos_turns,
              [&] { return std::nearbyint(points.between(-1e4, 1e4)) + 0.25 + points.of_any_size(-52, -10); });
  check_error(2.0, many, math::sin_turns, reference_sin_turns, [&] { return points.between(-1.0, 1.0); });
  check_error(2.0, many, math::sin_turns, reference_sin_turns, [&] { return points.of_any_size(-1074, 56); });
  check_error(2.0, many, math::sin_turns, reference_sin_turns, [&] { return points.any_finite(); });
  check_error(2.0, many, math::sin_turns, reference_sin_turns,
              [&] { return std::nearbyint(points.between(-1e4, 1e4)) + points.of_any_size(-52, -10); });
}

TEST_CASE("cos_turns and sin_turns are exact at multiples of a quarter turn, however large") {
  for (const double n : {0.0, 1.0, -1.0, 7.0, -12.0, 1048577.0, 0x1p49, 0x1p49 + 1.0, -0x1p50 - 3.0}) {
    CAPTURE(n);
    CHECK(math::cos_turns(n) == 1.0);
    CHECK(math::cos_turns(n + 0.5) == -1.0);
    CHECK(math::cos_turns(n + 0.25) == 0.0);
    CHECK(math::cos_turns(n - 0.25) == 0.0);
    CHECK(math::sin_turns(n) == 0.0);
    CHECK(math::sin_turns(n + 0.5) == 0.0);
    CHECK(math::sin_turns(n + 0.25) == 1.0);
    CHECK(math::sin_turns(n - 0.25) == -1.0);
  }
  for (const double n :
       {0x1p51, 0x1p51 + 1.0, 0x1p52 - 1.0, 0x1p52, 0x1p52 + 1.0, 0x1p53 - 1.0, 0x1p53, 0x1p105, 1e300, largest}) {
    CAPTURE(n);
    CHECK(math::cos_turns(n) == 1.0);
    CHECK(math::cos_turns(-n) == 1.0);
    CHECK(is_positive_zero(math::sin_turns(n)));
    CHECK(is_negative_zero(math::sin_turns(-n)));
  }
  CHECK(math::cos_turns(0x1p51 + 0.5) == -1.0);
  CHECK(math::cos_turns(0x1p52 - 0.5) == -1.0);
  CHECK(is_positive_zero(math::sin_turns(0.0)));
  CHECK(is_negative_zero(math::sin_turns(-0.0)));
  CHECK(is_negative_zero(math::sin_turns(-3.0)));
}

TEST_CASE("sin and cos stay below 2 ulp on the fast range") {
  Points points;
  const std::pair<double (*)(double), long double (*)(double)> functions[] = {{math::sin, reference_sin},
                                                                              {math::cos, reference_cos}};
  for (const auto& [function, reference] : functions) {
    check_error(2.0, many, function, reference, [&] { return points.between(-2.0, 2.0); });
    check_error(2.0, many, function, reference, [&] { return points.between(-30.0, 30.0); });
    check_error(2.0, many, function, reference, [&] { return points.of_any_size(-1070, 20); });
    check_error(2.0, many, function, reference, [&] { return points.of_any_size(-10, 20); });
    check_error(2.0, many, function, reference,
                [&] { return static_cast<double>(two_pi / 4 * static_cast<long double>(points.word() % 667000)); });
  }
}

TEST_CASE("sin and cos stay below 2 ulp beyond the fast range") {
  Points points;
  check_error(2.0, many / 4, math::sin, reference_sin, [&] { return points.of_any_size(19, 1024); });
  check_error(2.0, many / 4, math::cos, reference_cos, [&] { return points.of_any_size(19, 1024); });
  check_error(2.0, many / 4, math::sin, reference_sin, [&] { return points.of_any_size(19, 24); });
  check_error(2.0, many / 4, math::cos, reference_cos, [&] { return points.of_any_size(19, 24); });
  // 6381956970095103 * 2^797 is the double closest to a multiple of pi/2, at a distance of 4.7e-19.
  const double worst = std::ldexp(6381956970095103.0, 797);
  CHECK(distance_in_ulp(math::cos(worst), reference_cos(worst)) < 2.0);
  CHECK(std::fabs(math::cos(worst)) < 5e-19);
  CHECK(distance_in_ulp(math::sin(largest), reference_sin(largest)) < 2.0);
  CHECK(distance_in_ulp(math::cos(-largest), reference_cos(-largest)) < 2.0);
  CHECK(math::sin(1e22) == doctest::Approx(-0.8522008497671888).epsilon(1e-15));
}

TEST_CASE("special values of the trigonometric functions") {
  for (auto* function : {math::sin, math::cos, math::sin_within, math::cos_within, math::sin_turns, math::cos_turns}) {
    CHECK(std::isnan(function(not_a_number)));
    CHECK(std::isnan(function(infinity)));
    CHECK(std::isnan(function(-infinity)));
  }
  CHECK(is_positive_zero(math::sin(0.0)));
  CHECK(is_negative_zero(math::sin(-0.0)));
  CHECK(math::cos(0.0) == 1.0);
  CHECK(math::cos(denormal_step) == 1.0);
  CHECK(math::sin(1e-300) == 1e-300);
  CHECK(math::sin(-1e-9) == -1e-9);
  CHECK(math::sin(0x1.921fb54442d18p+0) == 1.0);
  CHECK(math::cos(0x1.921fb54442d18p+1) == -1.0);
  CHECK(std::isfinite(math::sin_within(math::trigonometric_limit)));
  CHECK(std::isnan(math::sin_within(std::nextafter(math::trigonometric_limit, infinity))));
  CHECK(std::isnan(math::cos_within(-1e7)));
}

TEST_CASE("exp and log stay below 1 ulp") {
  Points points;
  check_error(1.0, many, math::exp, reference_exp, [&] { return points.between(-1.0, 1.0); });
  check_error(1.0, many, math::exp, reference_exp, [&] { return points.between(-745.1, 709.7); });
  check_error(1.0, many, math::exp, reference_exp, [&] { return points.of_any_size(-60, 9); });
  check_error(1.0, many, math::exp, reference_exp, [&] { return points.between(-745.2, -708.0); });
  check_error(1.0, many, math::log, reference_log, [&] { return points.between(0.5, 2.0); });
  check_error(1.0, many, math::log, reference_log, [&] { return std::fabs(points.any_finite()); });
  check_error(1.0, many, math::log, reference_log, [&] { return 1.0 + points.of_any_size(-52, -2); });
  check_error(1.0, many, math::log, reference_log, [&] { return points.between(0.0, smallest_normal); });
}

TEST_CASE("special values of exp") {
  CHECK(math::exp(0.0) == 1.0);
  CHECK(math::exp(-0.0) == 1.0);
  CHECK(math::exp(infinity) == infinity);
  CHECK(is_positive_zero(math::exp(-infinity)));
  CHECK(std::isnan(math::exp(not_a_number)));
  CHECK(math::exp(0x1.62e42fefa39efp+9) < infinity);
  CHECK(math::exp(0x1.62e42fefa39f0p+9) == infinity);
  CHECK(math::exp(1e300) == infinity);
  CHECK(math::exp(-745.13) == denormal_step);
  CHECK(is_positive_zero(math::exp(-745.14)));
  CHECK(is_positive_zero(math::exp(-1e300)));
}

TEST_CASE("special values of log") {
  CHECK(is_positive_zero(math::log(1.0)));
  CHECK(math::log(0.0) == -infinity);
  CHECK(math::log(-0.0) == -infinity);
  CHECK(math::log(infinity) == infinity);
  CHECK(std::isnan(math::log(-1.0)));
  CHECK(std::isnan(math::log(-denormal_step)));
  CHECK(std::isnan(math::log(-infinity)));
  CHECK(std::isnan(math::log(not_a_number)));
  CHECK(distance_in_ulp(math::log(denormal_step), reference_log(denormal_step)) < 1.0);
  CHECK(distance_in_ulp(math::log(largest), reference_log(largest)) < 1.0);
}

TEST_CASE("pow stays below 1 ulp where the result is normal, below 2 units where it is denormal") {
  Points points;
  double worst = 0.0;
  double worst_denormal = 0.0;
  for (int i = 0; i < 2 * many; ++i) {
    double x = i % 3 == 0   ? std::fabs(points.of_any_size(-1074, 1024))
               : i % 3 == 1 ? 1.0 + points.of_any_size(-50, -2)
                            : std::fabs(points.of_any_size(-5, 5));
    const double logarithm = std::log2(x);
    double y = points.between(-1.0, 1.0) * (logarithm == 0.0 ? 1.0 : 1080.0 / std::fabs(logarithm));
    if (i % 5 == 0) y = std::nearbyint(y);
    if (i % 5 == 0 && i % 2 == 0) x = -x;
    const long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    if (std::fabs(exact) > static_cast<long double>(largest)) continue;
    const double error = distance_in_ulp(math::pow(x, y), exact);
    double& record = std::fabs(exact) < static_cast<long double>(smallest_normal) ? worst_denormal : worst;
    if (!(error <= record)) record = error;
  }
  CHECK(worst < 1.0);
  CHECK(worst_denormal < 2.0);
}

TEST_CASE("special values of pow are those of C, but a NaN always stays NaN") {
  const double values[] = {0.0,       -0.0,   1.0,          -1.0,    0.5,          -0.5,          2.0,         -2.0,
                           3.0,       -3.0,   2.5,          -2.5,    1e300,        -1e300,        1e-300,      infinity,
                           -infinity, 0x1p53, 0x1p53 + 2.0, -0x1p54, 0x1p52 + 1.0, denormal_step, not_a_number};
  for (const double x : values) {
    for (const double y : values) {
      CAPTURE(x);
      CAPTURE(y);
      const double computed = math::pow(x, y);
      if (std::isnan(x) || std::isnan(y)) {
        CHECK(std::isnan(computed));
        continue;
      }
      const double expected = std::pow(x, y);
      if (std::isnan(expected)) {
        CHECK(std::isnan(computed));
      } else if (expected == 0.0 || std::isinf(expected)) {
        CHECK(std::bit_cast<std::uint64_t>(computed) == std::bit_cast<std::uint64_t>(expected));
      } else {
        CHECK(distance_in_ulp(computed, expected) <= 2.0);
      }
    }
  }
  CHECK(math::pow(3.0, 4.0) == 81.0);
  CHECK(math::pow(-2.0, 3.0) == -8.0);
  CHECK(math::pow(2.0, -1074.0) == denormal_step);
}

TEST_CASE("minimum, maximum and clamp treat NaN and zeros as documented") {
  CHECK(math::minimum(1.0, 2.0) == 1.0);
  CHECK(math::minimum(2.0, 1.0) == 1.0);
  CHECK(math::maximum(1.0, 2.0) == 2.0);
  CHECK(math::maximum(2.0, 1.0) == 2.0);
  CHECK(std::isnan(math::minimum(not_a_number, 1.0)));
  CHECK(math::minimum(1.0, not_a_number) == 1.0);
  CHECK(std::isnan(math::maximum(not_a_number, 1.0)));
  CHECK(math::maximum(1.0, not_a_number) == 1.0);
  CHECK(is_negative_zero(math::minimum(-0.0, 0.0)));
  CHECK(is_positive_zero(math::minimum(0.0, -0.0)));
  CHECK(is_negative_zero(math::maximum(-0.0, 0.0)));
  CHECK(is_positive_zero(math::maximum(0.0, -0.0)));
  CHECK(math::clamp(5.0, -1.0, 1.0) == 1.0);
  CHECK(math::clamp(-5.0, -1.0, 1.0) == -1.0);
  CHECK(math::clamp(0.5, -1.0, 1.0) == 0.5);
  CHECK(math::clamp(infinity, -1.0, 1.0) == 1.0);
  CHECK(std::isnan(math::clamp(not_a_number, -1.0, 1.0)));
  CHECK(math::clamp(5.0, not_a_number, 1.0) == 1.0);
  CHECK(math::clamp(5.0, -1.0, not_a_number) == 5.0);
  CHECK(math::clamp(0.0, 2.0, 1.0) == 1.0);
}

TEST_CASE("sum8 adds in its eight lanes") {
  Points points;
  std::vector<double> x(75);
  for (double& value : x) value = points.of_any_size(-30, 30);
  for (std::size_t count = 0; count <= x.size(); ++count) {
    CAPTURE(count);
    std::array<double, 8> lane{};
    for (std::size_t i = 0; i < count; ++i) lane[i % 8] = lane[i % 8] + x[i];
    const double expected = ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
    CHECK(math::sum8(x.data(), count) == expected);
    CHECK(math::sum8(count, [&](std::size_t i) { return 2.0 * x[i]; }) == 2.0 * expected);
  }
  CHECK(is_positive_zero(math::sum8(nullptr, 0)));
  const double zeros[] = {-0.0, -0.0};
  CHECK(is_positive_zero(math::sum8(zeros, 2)));
}

TEST_CASE("a vectorised loop gives the same bits as single calls") {
  Points points;
  std::vector<double> x(1003);
  for (double& value : x) value = points.of_any_size(-40, 15);
  x[5] = not_a_number;
  x[17] = infinity;
  x[18] = -infinity;
  x[19] = 0.0;
  x[20] = 1e308;
  std::vector<double> y(x.size());
  const auto compare = [&](double (*function)(double)) {
    bool same = true;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double single = one_call(function, x[i]);
      same = same && (std::isnan(single) ? std::isnan(y[i])
                                         : std::bit_cast<std::uint64_t>(single) == std::bit_cast<std::uint64_t>(y[i]));
    }
    CHECK(same);
  };
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = math::cos_turns(x[i]);
  compare(math::cos_turns);
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = math::sin_turns(x[i]);
  compare(math::sin_turns);
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = math::cos_within(x[i]);
  compare(math::cos_within);
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = math::sin_within(x[i]);
  compare(math::sin_within);
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = math::exp(x[i]);
  compare(math::exp);
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = math::log(x[i]);
  compare(math::log);
}

TEST_CASE("recorded bits: a change here is a breaking change") {
  Points points;
  std::vector<double> x = {0.0, -0.0, 1.0, -1.0, infinity, -infinity, not_a_number, denormal_step, largest, -largest};
  for (int i = 0; i < 20000; ++i) x.push_back(points.any_finite());
  for (int i = 0; i < 40000; ++i) x.push_back(points.of_any_size(-60, 30));
  for (int i = 0; i < 40000; ++i) x.push_back(points.between(-700.0, 700.0));
  const auto hash = [&](double (*function)(double)) {
    BitHash bits;
    for (const double value : x) bits.add(function(value));
    return bits.value();
  };
  CHECK(hash(math::cos_turns) == 0x43b81514d6212edc);
  CHECK(hash(math::sin_turns) == 0x436b8a2752310445);
  CHECK(hash(math::cos) == 0x89a40c9c936ec1b6);
  CHECK(hash(math::sin) == 0x1333bffa6067c184);
  CHECK(hash(math::exp) == 0xaea80c45ff008b7a);
  CHECK(hash(math::log) == 0xb44ce0557e73ad73);
  BitHash powers;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    powers.add(math::pow(x[i], x[i + 1] * 0x1p-4));
    powers.add(math::pow(std::fabs(x[i]), x[i + 1]));
  }
  CHECK(powers.value() == 0x8beaf0fbf38a8bc9);
  const double sum = math::sum8(x.size() - 10, [&](std::size_t i) { return math::cos_turns(x[i + 10]); });
  CHECK(std::bit_cast<std::uint64_t>(sum) == 0x40e5c9f8c5025fe4);
}
