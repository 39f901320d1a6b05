#include "skein/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

using skein::LaneGenerator;
using skein::RandomKey;

namespace {

static_assert(LDBL_MANT_DIG == 64, "the reference of the normal quantile needs the 64-bit mantissa of the x87");

__extension__ using Wide = unsigned __int128;

/// Philox4x64-10 written from the paper.
std::array<std::uint64_t, 4> plain_philox(std::array<std::uint64_t, 4> counter, std::array<std::uint64_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const Wide first = Wide{0xd2e7470ee14c6c93} * counter[0];
    const Wide second = Wide{0xca5a826395121157} * counter[2];
    counter = {static_cast<std::uint64_t>(second >> 64) ^ counter[1] ^ key[0], static_cast<std::uint64_t>(second),
               static_cast<std::uint64_t>(first >> 64) ^ counter[3] ^ key[1], static_cast<std::uint64_t>(first)};
    key[0] += 0x9e3779b97f4a7c15;
    key[1] += 0xbb67ae8584caa73b;
  }
  return counter;
}

/// One xoshiro256+ generator, written from the paper.
struct PlainXoshiro {
  std::array<std::uint64_t, 4> s;

  std::uint64_t next() {
    const std::uint64_t result = s[0] + s[3];
    const std::uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
  }
};

std::vector<std::uint64_t> plain_sequence(const RandomKey& key, std::size_t count) {
  std::array<PlainXoshiro, 8> lanes;
  for (std::size_t lane = 0; lane < 8; ++lane)
    lanes[lane].s = plain_philox({key.stream, key.visit, key.group, lane}, {key.seed, key.frame});
  std::vector<std::uint64_t> words(count);
  for (std::size_t element = 0; element < count; ++element) words[element] = lanes[element % 8].next();
  return words;
}

std::vector<std::uint64_t> bits_of(const RandomKey& key, std::size_t count) {
  std::vector<std::uint64_t> words(count);
  LaneGenerator(key).fill_bits(words.data(), count);
  return words;
}

std::vector<double> uniforms_of(const RandomKey& key, std::size_t count) {
  std::vector<double> values(count);
  LaneGenerator(key).fill_uniform(values.data(), count);
  return values;
}

std::vector<double> normals_of(const RandomKey& key, std::size_t count) {
  std::vector<double> values(count);
  LaneGenerator(key).fill_normal(values.data(), count);
  return values;
}

/// FNV-1a over the bits.
template <class Number>
std::uint64_t hash_of(const std::vector<Number>& numbers) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const Number number : numbers) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    for (int shift = 0; shift < 64; shift += 8) hash = (hash ^ ((bits >> shift) & 0xff)) * 0x100000001b3;
  }
  return hash;
}

/// Correlation of values[i] with values[i + lag], in standard deviations of what independence allows.
double lag_correlation(const std::vector<double>& values, std::size_t lag, double mean, double variance) {
  double sum = 0.0;
  const std::size_t count = values.size() - lag;
  for (std::size_t i = 0; i < count; ++i) sum += (values[i] - mean) * (values[i + lag] - mean);
  return sum / variance / std::sqrt(static_cast<double>(count));
}

/// Relative error of x as the normal quantile of p, by one Newton step.
double relative_quantile_error(double p, long double x) {
  const long double root_half = std::sqrt(0.5L);
  const long double q = static_cast<long double>(p) - 0.5L;
  const long double upper = 1.0L - static_cast<long double>(p);
  long double missing = q - 0.5L * std::erf(x * root_half);
  if (q < -0.25L) missing = static_cast<long double>(p) - 0.5L * std::erfc(-x * root_half);
  if (q > 0.25L) missing = 0.5L * std::erfc(x * root_half) - upper;
  const long double density = std::exp(-0.5L * x * x) * 0.39894228040143267793994605993438L;
  return static_cast<double>(std::fabs(missing / density / x));
}

const RandomKey example{1, 2, 3, 4, 5};

}  // namespace

TEST_CASE("Philox gives the published known answers") {
  using Block = std::array<std::uint64_t, 4>;
  CHECK(skein::philox_block({0, 0, 0, 0, 0}, 0) ==
        Block{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b});
  const std::uint64_t ones = ~std::uint64_t{0};
  CHECK(skein::philox_block({ones, ones, ones, ones, ones}, ones) ==
        Block{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0});
  CHECK(skein::philox_block(
            {0x452821e638d01377, 0xbe5466cf34e90c6c, 0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0},
            0x082efa98ec4e6c89) ==
        Block{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6});
}

TEST_CASE("Philox agrees with a plain implementation") {
  std::uint64_t word = 1;
  const auto next = [&] { return word = skein::mix_bits(word + 0x9e3779b97f4a7c15); };
  for (int i = 0; i < 200; ++i) {
    RandomKey key;
    key.seed = next();
    key.frame = next();
    key.stream = next();
    key.visit = next();
    key.group = next();
    const std::uint64_t block = next();
    const auto expected = plain_philox({key.stream, key.visit, key.group, block}, {key.seed, key.frame});
    CHECK(skein::philox_block(key, block) == expected);
  }
}

TEST_CASE("the lanes are eight xoshiro256+ generators, seeded by eight blocks") {
  for (const RandomKey& key : {RandomKey{}, example, RandomKey{~std::uint64_t{0}, 0, 7, 0, 0}}) {
    for (const std::size_t count : {0u, 1u, 7u, 8u, 9u, 64u, 1003u}) {
      CAPTURE(count);
      CHECK(bits_of(key, count) == plain_sequence(key, count));
    }
  }
}

TEST_CASE("a uniform is the upper 52 bits of its word") {
  const std::vector<std::uint64_t> words = bits_of(example, 1003);
  const std::vector<double> values = uniforms_of(example, 1003);
  for (std::size_t i = 0; i < words.size(); ++i) CHECK(values[i] == static_cast<double>(words[i] >> 12) * 0x1p-52);
}

TEST_CASE("calls continue where the last one stopped") {
  const std::size_t count = 700;
  const std::vector<double> whole = uniforms_of(example, count);
  const std::vector<double> whole_normals = normals_of(example, count);
  for (const std::size_t stride : {1u, 2u, 3u, 5u, 7u, 8u, 9u, 13u, 16u, 31u, 257u}) {
    CAPTURE(stride);
    LaneGenerator uniform(example);
    LaneGenerator normal(example);
    std::vector<double> parts(count);
    std::vector<double> normal_parts(count);
    for (std::size_t done = 0; done < count; done += stride) {
      const std::size_t now = std::min(stride, count - done);
      uniform.fill_uniform(parts.data() + done, now);
      uniform.fill_uniform(parts.data() + done, 0);
      normal.fill_normal(normal_parts.data() + done, now);
    }
    CHECK(parts == whole);
    CHECK(normal_parts == whole_normals);
  }
}

TEST_CASE("all fills draw from one sequence, one word per element") {
  LaneGenerator generator(example);
  std::uint64_t words[3];
  double uniforms[10];
  double normals[5];
  generator.fill_bits(words, 3);
  generator.fill_uniform(uniforms, 10);
  generator.fill_normal(normals, 5);
  const std::vector<std::uint64_t> all_words = bits_of(example, 18);
  const std::vector<double> all_uniforms = uniforms_of(example, 18);
  const std::vector<double> all_normals = normals_of(example, 18);
  CHECK(std::equal(words, words + 3, all_words.begin()));
  CHECK(std::equal(uniforms, uniforms + 10, all_uniforms.begin() + 3));
  CHECK(std::equal(normals, normals + 5, all_normals.begin() + 13));
}

TEST_CASE("nothing outside the given range is written") {
  std::vector<double> values(40, -1.0);
  LaneGenerator(example).fill_uniform(values.data() + 3, 29);
  for (std::size_t i = 0; i < values.size(); ++i) CHECK((values[i] == -1.0) == (i < 3 || i >= 32));
}

TEST_CASE("keys that differ in one field give different streams") {
  const std::vector<double> original = uniforms_of(example, 4096);
  CHECK(original == uniforms_of(example, 4096));
  for (const std::uint64_t change : {std::uint64_t{1}, std::uint64_t{1} << 32, std::uint64_t{1} << 63}) {
    for (std::uint64_t RandomKey::*field :
         {&RandomKey::seed, &RandomKey::frame, &RandomKey::stream, &RandomKey::visit, &RandomKey::group}) {
      RandomKey other = example;
      other.*field ^= change;
      CHECK(other != example);
      const std::vector<double> values = uniforms_of(other, 4096);
      std::size_t equal = 0;
      double product = 0.0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        equal += values[i] == original[i] ? 1 : 0;
        product += (values[i] - 0.5) * (original[i] - 0.5);
      }
      CHECK(equal == 0);
      CHECK(std::fabs(product * 12.0 / std::sqrt(4096.0)) < 4.0);
    }
  }
}

TEST_CASE("uniform numbers are uniform and uncorrelated") {
  const std::size_t count = std::size_t{1} << 20;
  const std::vector<double> values = uniforms_of({42, 0, 0, 0, 0}, count);
  std::vector<double> bins(1024, 0.0);
  bool in_range = true;
  for (const double value : values) {
    in_range = in_range && value >= 0.0 && value < 1.0;
    bins[static_cast<std::size_t>(value * 1024.0)] += 1.0;
  }
  CHECK(in_range);
  double chi_square = 0.0;
  for (const double bin : bins) chi_square += (bin - 1024.0) * (bin - 1024.0) / 1024.0;
  CHECK(chi_square > 1023.0 - 4.0 * std::sqrt(2.0 * 1023.0));
  CHECK(chi_square < 1023.0 + 4.0 * std::sqrt(2.0 * 1023.0));
  for (std::size_t lag = 1; lag <= 64; ++lag) {
    CAPTURE(lag);
    CHECK(std::fabs(lag_correlation(values, lag, 0.5, 1.0 / 12.0)) < 4.0);
  }
}

TEST_CASE("the first numbers of consecutive visits and groups are uncorrelated") {
  std::vector<double> visits;
  std::vector<double> groups;
  for (std::uint64_t i = 0; i < 20000; ++i) {
    visits.push_back(uniforms_of({42, 1, 2, i, 0}, 1)[0]);
    groups.push_back(uniforms_of({42, 1, 2, 0, i}, 1)[0]);
  }
  for (std::size_t lag = 1; lag <= 8; ++lag) {
    CHECK(std::fabs(lag_correlation(visits, lag, 0.5, 1.0 / 12.0)) < 4.0);
    CHECK(std::fabs(lag_correlation(groups, lag, 0.5, 1.0 / 12.0)) < 4.0);
  }
}

TEST_CASE("normal_quantile is accurate in all its parts") {
  double worst = 0.0;
  const auto check = [&](double p) {
    const long double x = skein::normal_quantile(p);
    worst = std::max(worst, relative_quantile_error(p, x));
  };
  for (const double p : uniforms_of(example, 100000)) check(p + 0x1p-53);
  for (int exponent = 1; exponent < 1022; ++exponent) {
    for (const double p : {std::ldexp(1.0, -exponent), std::ldexp(1.37, -exponent - 1)})
      if (p != 0.5) check(p);
  }
  for (const double p : {0.075, 0.07499999, 0.07500001, 0.925, 0.92500001, 1.38879438649640e-11, 1.38879438649641e-11})
    check(p);
  CHECK(worst < 1.5e-15);
}

TEST_CASE("special values of normal_quantile") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(skein::normal_quantile(0.5) == 0.0);
  CHECK(skein::normal_quantile(0.0) == -infinity);
  CHECK(skein::normal_quantile(1.0) == infinity);
  CHECK(std::isnan(skein::normal_quantile(-0.1)));
  CHECK(std::isnan(skein::normal_quantile(1.1)));
  CHECK(std::isnan(skein::normal_quantile(std::numeric_limits<double>::quiet_NaN())));
  CHECK(skein::normal_quantile(0x1p-53) == -skein::normal_quantile(1.0 - 0x1p-53));
  CHECK(skein::normal_quantile(1.0 - 0x1p-53) < 8.21);
  CHECK(skein::normal_quantile(0.975) == doctest::Approx(1.9599639845400545).epsilon(1e-15));
}

TEST_CASE("normal numbers are the quantiles of the uniform ones, bit by bit") {
  const std::vector<double> uniforms = uniforms_of(example, 20000);
  std::vector<double> expected;
  for (const double u : uniforms) expected.push_back(skein::normal_quantile(u + 0x1p-53));
  CHECK(normals_of(example, 20000) == expected);
}

TEST_CASE("normal numbers have the moments of the normal distribution") {
  const std::size_t count = std::size_t{1} << 20;
  const std::vector<double> values = normals_of({43, 0, 0, 0, 0}, count);
  std::array<double, 4> moments{};
  double largest = 0.0;
  for (const double x : values) {
    double power = 1.0;
    for (double& moment : moments) moment += power *= x;
    largest = std::max(largest, std::fabs(x));
  }
  const double scale = 1.0 / static_cast<double>(count);
  const double deviation = std::sqrt(scale);
  CHECK(std::fabs(moments[0] * scale) < 4.0 * deviation);
  CHECK(std::fabs(moments[1] * scale - 1.0) < 4.0 * std::sqrt(2.0) * deviation);
  CHECK(std::fabs(moments[2] * scale) < 4.0 * std::sqrt(15.0) * deviation);
  CHECK(std::fabs(moments[3] * scale - 3.0) < 4.0 * std::sqrt(96.0) * deviation);
  CHECK(largest < 8.21);
  CHECK(largest > 4.0);
  for (std::size_t lag = 1; lag <= 16; ++lag) CHECK(std::fabs(lag_correlation(values, lag, 0.0, 1.0)) < 4.0);
}

TEST_CASE("uniform_index maps words to indices in equal shares") {
  const std::uint64_t ones = ~std::uint64_t{0};
  CHECK(skein::uniform_index(0, 10) == 0);
  CHECK(skein::uniform_index(ones, 10) == 9);
  CHECK(skein::uniform_index(ones, ones) == ones - 1);
  CHECK(skein::uniform_index(ones, 1) == 0);
  CHECK(skein::uniform_index(ones, 0) == 0);
  CHECK(skein::uniform_index(std::uint64_t{1} << 63, 10) == 5);
  CHECK(skein::uniform_index((std::uint64_t{1} << 63) - 1, 10) == 4);
  std::array<double, 7> bins{};
  for (const std::uint64_t word : bits_of(example, 70000)) bins[skein::uniform_index(word, 7)] += 1.0;
  double chi_square = 0.0;
  for (const double bin : bins) chi_square += (bin - 10000.0) * (bin - 10000.0) / 10000.0;
  CHECK(chi_square < 22.5);
}

TEST_CASE("rows_per_group is a power of two near 4096 / dimension, between 1 and 256") {
  const std::pair<std::size_t, std::size_t> expected[] = {
      {0, 256},  {1, 256},  {10, 256}, {16, 256}, {17, 128}, {64, 64},  {65, 32},
      {100, 32}, {1000, 4}, {1024, 4}, {1025, 2}, {4096, 1}, {4097, 1}, {~std::size_t{0}, 1}};
  for (const auto& pair : expected) {
    CAPTURE(pair.first);
    CHECK(skein::rows_per_group(pair.first) == pair.second);
  }
}

TEST_CASE("hashes of names are recorded: a change here is a breaking change") {
  CHECK(skein::hash_name("") == 0xf52a15e9a9b5e89b);
  CHECK(skein::hash_name("a") == 0x02c0bdbf481420f8);
  CHECK(skein::hash_name("main loop/move#2") == 0x8b19b82e29c998ab);
  CHECK(skein::hash_name("\xc3\xa9") == 0x233403617480019e);
  CHECK(skein::combine_hash(1, 2) == 0xf2826f98653e9e57);
  CHECK(skein::combine_hash(2, 1) != skein::combine_hash(1, 2));
  CHECK(skein::combine_hash(0, 0) != 0);
  static_assert(skein::hash_name("move") != skein::hash_name("inform"));
}

TEST_CASE("streams are recorded: a changed stream is a breaking change") {
  CHECK(bits_of(example, 9)[0] == 0x591dd0120b857486);
  CHECK(bits_of(example, 9)[1] == 0xcd91e39249ded516);
  CHECK(bits_of(example, 9)[8] == 0x12abcfe0ba75c03f);
  CHECK(uniforms_of(example, 9)[8] == 0x1.2abcfe0ba75cp-4);
  CHECK(normals_of(example, 9)[8] == -0x1.744bca46e5a72p+0);
  CHECK(hash_of(bits_of(example, 100003)) == 0xc42cf975def10187);
  CHECK(hash_of(uniforms_of(example, 100003)) == 0xadceb7be9ac86d4d);
  CHECK(hash_of(normals_of(example, 100003)) == 0xc5df171e8491f66c);
}
