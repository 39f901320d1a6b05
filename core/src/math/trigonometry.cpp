#include "skein/math/trigonometry.hpp"

#include <bit>
#include <cstdint>
#include <limits>

namespace skein::math::detail {

namespace {

__extension__ using Wide = unsigned __int128;

/// Bits of 1/pi, most significant first: word 0 is the integer part, word i holds the bits of weight 2^-64i and up.
constexpr std::uint64_t reciprocal_of_pi[] = {
    0x0000000000000000, 0x517cc1b727220a94, 0xfe13abe8fa9a6ee0, 0x6db14acc9e21c820, 0xff28b1d5ef5de2b0,
    0xdb92371d2126e970, 0x0324977504e8c90e, 0x7f0ef58e5894d39f, 0x74411afa975da242, 0x74ce38135a2fbf20,
    0x9cc8eb1cc1a99cfa, 0x4e422fc5defc941d, 0x8ffc4bffef02cc07, 0xf79788c5ad05368f, 0xb69b3f6793e584db,
    0xa7a31fb34f2ff516, 0xba93dd63f5f2f8bd, 0x9e839cfbc5294975, 0x35fdafd88fc6ae84, 0x2b0198237e3db5d5,
    0xf867de104d7a1b0e};

/// pi * 2^126, rounded.
constexpr Wide scaled_pi = (Wide{0xc90fdaa22168c234} << 64) | 0xc4c6628b80dc1cd1;

/// Upper 128 bits of the product a * b.
Wide high_product(Wide a, Wide b) noexcept {
  constexpr Wide low_half = ~std::uint64_t{0};
  const Wide low = (a & low_half) * (b & low_half);
  const Wide middle = (a >> 64) * (b & low_half) + (low >> 64);
  const Wide other = (a & low_half) * (b >> 64) + (middle & low_half);
  return (a >> 64) * (b >> 64) + (middle >> 64) + (other >> 64);
}

/// Number of leading zero bits of x > 0.
int leading_zeros(Wide x) noexcept {
  const auto high = static_cast<std::uint64_t>(x >> 64);
  return high != 0 ? std::countl_zero(high) : 64 + std::countl_zero(static_cast<std::uint64_t>(x));
}

double power_of_two(int exponent) noexcept {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

/// sin(pi * (|x| / pi + quarter_turns / 2)) for finite |x| >= 2^20, with quarter_turns 0 or 1.
double sine_of_far(double x, unsigned quarter_turns) noexcept {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t mantissa = (bits & ((std::uint64_t{1} << 52) - 1)) | (std::uint64_t{1} << 52);
  const int exponent = static_cast<int>((bits >> 52) & 0x7ff) - 1075;

  // 256 bits of 1/pi from weight 2^-exponent down; what is left out above adds even integers.
  const auto start = static_cast<unsigned>(63 + exponent);
  const unsigned word = start / 64;
  const unsigned shift = start % 64;
  std::uint64_t product[4];
  Wide carry = 0;
  for (unsigned i = 4; i-- > 0;) {
    const std::uint64_t upper = reciprocal_of_pi[word + i] << shift;
    const std::uint64_t lower = shift == 0 ? 0 : reciprocal_of_pi[word + i + 1] >> (64 - shift);
    carry += Wide{mantissa} * (upper | lower);
    product[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }

  // product is (|x| / pi) mod 2 in units of 2^-255: its top bit is the parity, the rest the fraction.
  product[0] += std::uint64_t{quarter_turns} << 62;
  const std::uint64_t parity = product[0] & sign_bit;
  Wide high = (Wide{product[0] & ~sign_bit} << 64) | product[1];
  Wide low = (Wide{product[2]} << 64) | product[3];
  if ((high >> 126) != 0) {
    low = ~low + 1;
    high = (Wide{1} << 127) - high - (low != 0 ? 1 : 0);
  }

  const int zeros = leading_zeros(high);
  const Wide fraction = (high << zeros) | (low >> (128 - zeros));
  const Wide angle = high_product(fraction, scaled_pi);
  const Wide head = (angle >> 75) << 75;
  const auto head_word = static_cast<std::uint64_t>(head >> 64);
  const auto tail_word = static_cast<std::uint64_t>((angle - head) >> 12);
  const double r = static_cast<double>(head_word) * power_of_two(-61 - zeros);
  const double r_low = static_cast<double>(tail_word) * power_of_two(12 - 125 - zeros);
  return with_sign(sine_of_reduced(r, r_low), parity);
}

bool is_finite(double x) noexcept { return absolute(x) <= std::numeric_limits<double>::max(); }

}  // namespace

double sin_far(double x) noexcept {
  return is_finite(x) ? with_sign(sine_of_far(absolute(x), 0), std::bit_cast<std::uint64_t>(x)) : x - x;
}

double cos_far(double x) noexcept { return is_finite(x) ? sine_of_far(absolute(x), 1) : x - x; }

}  // namespace skein::math::detail
