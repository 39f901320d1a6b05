#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace skein {

/// Names one sequence of random numbers: keys that differ in any field give unrelated sequences.
struct RandomKey {
  std::uint64_t seed = 0;    ///< of the run
  std::uint64_t frame = 0;   ///< hash of the frame's path
  std::uint64_t stream = 0;  ///< hash of the stream's name
  std::uint64_t visit = 0;   ///< how often the stream was visited in its frame
  std::uint64_t group = 0;   ///< row group of the population

  friend bool operator==(const RandomKey&, const RandomKey&) = default;
};

/// Four words: Philox4x64-10 with key (seed, frame) and counter (stream, visit, group, block).
/// Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (2011).
std::array<std::uint64_t, 4> philox_block(const RandomKey& key, std::uint64_t block) noexcept;

/// A bijective mixing of 64 bits: the finaliser of splitmix64 (Steele, Lea, Flood 2014). mix_bits(0) = 0.
constexpr std::uint64_t mix_bits(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

/// 64-bit hash of a stream's name or a frame's path: FNV-1a over its bytes, then mix_bits. The same on every machine
/// and in every version: recorded runs depend on it.
constexpr std::uint64_t hash_name(std::string_view name) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char character : name) hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3;
  return mix_bits(hash);
}

/// Hash of the ordered pair (first, second): mix_bits(first ^ mix_bits(second + 0x9e3779b97f4a7c15)). Bijective in
/// either argument while the other is fixed; as stable as hash_name.
constexpr std::uint64_t combine_hash(std::uint64_t first, std::uint64_t second) noexcept {
  return mix_bits(first ^ mix_bits(second + 0x9e3779b97f4a7c15));
}

/// An index in 0 ... count - 1 from 64 random bits, without rejection: the upper half of the 128-bit product
/// bits * count. The probability of an index differs from 1 / count by less than 2^-64, relatively by less than
/// count / 2^64. 0 for count = 0. Lemire (2019).
constexpr std::uint64_t uniform_index(std::uint64_t bits, std::uint64_t count) noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((Wide{bits} * count) >> 64);
}

/// How many consecutive rows of a population share one RandomKey: the largest power of two up to 4096 / dimension,
/// limited to 1 ... 256. Dimension 0 counts as 1. Part of the reproducibility contract.
constexpr std::size_t rows_per_group(std::size_t dimension) noexcept {
  const std::size_t rows = std::bit_floor(4096 / (dimension == 0 ? 1 : dimension));
  return rows < 1 ? 1 : rows > 256 ? 256 : rows;
}

/// The standard normal quantile of p, that is the x with P(X <= x) = p: -infinity for 0, infinity for 1, NaN outside
/// [0, 1] and for NaN. Relative error below 1.5e-15 (measured: 8e-16). Exactly symmetric: normal_quantile(1 - p) =
/// -normal_quantile(p) wherever 1 - p is exact. Wichura: algorithm AS 241, PPND16 (1988).
double normal_quantile(double p) noexcept;

/// The sequence of random words of one key: eight xoshiro256+ generators (lanes) run side by side, element e of the
/// sequence is step e / 8 of lane e % 8. Lane j starts from philox_block(key, j), its word i being word i of the state
/// (a state of four zeros has its word 0 set to 1). Blackman, Vigna: Scrambled linear pseudorandom number generators
/// (2021).
///
/// Every function below takes its words from this one sequence, one per element, and the next call continues exactly
/// where the last one stopped. Nothing allocates. Costs are those of one element, measured with AVX2 on one core of
/// an AMD EPYC.
class LaneGenerator {
 public:
  static constexpr std::size_t lanes = 8;

  /// Starts the sequence of the key. Costs about 100 ns.
  explicit LaneGenerator(const RandomKey& key) noexcept;

  /// out[i] = the next word. The lowest bits of xoshiro256+ are weak: use the upper ones (uniform_index does).
  void fill_bits(std::uint64_t* out, std::size_t count) noexcept;

  /// out[i] = the upper 52 bits of the next word / 2^52: a multiple of 2^-52 in [0, 1). About 0.3 ns.
  void fill_uniform(double* out, std::size_t count) noexcept;

  /// out[i] = normal_quantile(u + 2^-53), u as in fill_uniform. The argument is an odd multiple of 2^-53, so the
  /// distribution is exactly symmetric, out[i] is never 0 and |out[i]| < 8.21. About 3 ns.
  void fill_normal(double* out, std::size_t count) noexcept;

 private:
  template <class Element, class Draw, class Convert>
  void fill(Element* out, std::size_t count, Draw draw, Convert convert) noexcept;

  alignas(64) std::array<std::array<std::uint64_t, lanes>, 4> state_;  // [word][lane]
  std::array<std::uint64_t, lanes> pending_;                           // the last step, where it was not used up
  std::size_t used_ = lanes;                                           // how many words of pending_ are gone
};

}  // namespace skein
