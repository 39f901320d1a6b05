#include "core/kernel/kernel-inl.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "skein/random.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// How many numbers are transformed at a time, in buffers on the stack.
constexpr std::size_t chunk = 256;

/// |probability - 1/2| up to which the central form holds.
constexpr double central_limit = 0.425;

/// sqrt(-log p) from which the far form of the tail holds.
constexpr double far_root = 5.0;

/// The quantile of 1/2 + q for |q| <= central_limit; beyond it a number of no meaning.
HWY_INLINE Reals central_quantile(Reals q) noexcept {
  const Reals r = 0.180625 - q * q;
  const Reals numerator = math::polynomial(
      r, 3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
      4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3);
  const Reals denominator = math::polynomial(
      r, 1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
      3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3);
  return q * numerator / denominator;
}

/// Minus the quantile of p = exp(-r^2), for r <= 5.
HWY_INLINE Reals tail_quantile(Reals r) noexcept {
  const Reals t = r - 1.6;
  const Reals numerator = math::polynomial(
      t, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
      1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4);
  const Reals denominator = math::polynomial(
      t, 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
      1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9);
  return numerator / denominator;
}

/// Minus the quantile of p = exp(-r^2), for r > 5.
HWY_INLINE Reals far_quantile(Reals r) noexcept {
  const Reals t = r - 5.0;
  const Reals numerator = math::polynomial(
      t, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
      2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7);
  const Reals denominator = math::polynomial(
      t, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15);
  return numerator / denominator;
}

/// The r of `tail` = exp(-r^2).
HWY_INLINE Reals tail_root(Reals tail) noexcept { return square_root(-math::log(tail)); }

/// The quantile of 1/2 + q for |q| > central_limit, where 1/2 - |q| = exp(-r^2).
HWY_INLINE Reals outer_quantile(Reals q, Reals r) noexcept {
  Reals size = tail_quantile(r);
  if (HWY_UNLIKELY(any(r > far_root))) size = select(r > far_root, far_quantile(r), size);
  return select(q < 0.0, -size, size);
}

/// For each answer to a question asked of eight numbers, bit by bit: the places of those with yes, a byte each.
struct PlaceTable {
  std::uint64_t places[256] = {};

  constexpr PlaceTable() {
    for (unsigned bits = 0; bits < 256; ++bits) {
      unsigned shift = 0;
      for (std::uint64_t place = 0; place < 8; ++place) {
        if ((bits >> place & 1) == 0) continue;
        places[bits] |= place << shift;
        shift += 8;
      }
    }
  }
};
constexpr PlaceTable place_table;

/// Replaces at most `chunk` uniform numbers by their quantiles, a multiple of 8: all by the central form, then the 15 %
/// beyond it, gathered.
void to_normal(double* values, std::size_t count) {
  static_assert(chunk <= 256, "a place fits a byte");
  double offset[chunk];
  std::uint8_t place[chunk + 8];
  std::size_t outers = 0;
  for (std::size_t first = 0; first < count; first += 8) {
    const Reals q = (Reals::load(values + first) + 0x1p-53) - 0.5;
    q.store(offset + first);
    central_quantile(q).store(values + first);
    const unsigned bits = bits_of(math::absolute(q) > central_limit);
    const std::uint64_t places = place_table.places[bits] + first * 0x0101010101010101;
    std::memcpy(place + outers, &places, sizeof places);
    outers += static_cast<unsigned>(std::popcount(bits));
  }
  double outer[chunk];
  for (std::size_t i = 0; i < outers; ++i) outer[i] = offset[place[i]];
  double root[chunk];
  // Two loops, because a processor has several rounds of a shorter one in work.
  write_places(outers, root, [&](auto at) SKEIN_INLINED { return tail_root(0.5 - math::absolute(at.load(outer))); });
  write_places(outers, outer, [&](auto at) SKEIN_INLINED { return outer_quantile(at.load(outer), at.load(root)); });
  for (std::size_t i = 0; i < outers; ++i) values[place[i]] = outer[i];
}

/// The quantile of 0 < p < 1.
double quantile(double p) {
  const double q = p - 0.5;
  const bool is_central = skein::math::detail::absolute(q) <= central_limit;
  double eight[8];
  (is_central ? central_quantile(q) : outer_quantile(q, tail_root(q < 0.0 ? p : 1.0 - p))).store(eight);
  return eight[0];
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <limits>

namespace skein {

namespace {

HWY_EXPORT(to_normal);
HWY_EXPORT(quantile);

}  // namespace

double normal_quantile(double p) noexcept {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (p == 0.0) return -infinity;
  if (p == 1.0) return infinity;
  if (!(p > 0.0 && p < 1.0)) return std::numeric_limits<double>::quiet_NaN();
  return HWY_DYNAMIC_DISPATCH(quantile)(p);
}

void LaneGenerator::fill_normal(double* out, std::size_t count) noexcept {
  constexpr std::size_t chunk = HWY_NAMESPACE::chunk;
  for (std::size_t done = 0; done < count; done += chunk) {
    const std::size_t now = std::min(chunk, count - done);
    const std::size_t whole = now - now % 8;
    fill_uniform(out + done, now);
    HWY_DYNAMIC_DISPATCH(to_normal)(out + done, whole);
    if (whole == now) continue;
    double eight[8] = {};
    std::copy(out + done + whole, out + done + now, eight);
    HWY_DYNAMIC_DISPATCH(to_normal)(eight, 8);
    std::copy(eight, eight + (now - whole), out + done + whole);
  }
}

}  // namespace skein
#endif  // HWY_ONCE
