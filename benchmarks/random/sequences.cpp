#include "benchmarks/random/sequences.hpp"

namespace skein::bench {
namespace {

constexpr std::uint64_t groups = 16;

/// Of the stream "cognitive".
RandomKey nth_key(std::size_t n) { return key_of(n / groups, n % groups); }

template <class Element, class Key, class Fill>
std::vector<Element> filled(std::size_t keys, std::size_t length, Key key, Fill fill) {
  std::vector<Element> all(keys * length);
  for (std::size_t n = 0; n < keys; ++n) {
    LaneGenerator generator(key(n));
    fill(generator, all.data() + n * length);
  }
  return all;
}

}  // namespace

RandomKey key_of(std::uint64_t visit, std::uint64_t group) {
  RandomKey key;
  key.seed = 1;
  key.frame = hash_name("");
  key.stream = hash_name("main loop/move.cognitive");
  key.visit = visit;
  key.group = group;
  return key;
}

RandomKey neighbor_of(RandomKey key, Neighbor neighbor) {
  switch (neighbor) {
    case Neighbor::group:
      ++key.group;
      break;
    case Neighbor::visit:
      ++key.visit;
      break;
    case Neighbor::stream:
      key.stream = hash_name("main loop/move.social");
      break;
    case Neighbor::seed:
      ++key.seed;
      break;
    case Neighbor::frame:
      key.frame = hash_name("islands[1]");
      break;
  }
  return key;
}

std::vector<double> uniforms(std::size_t keys, std::size_t length) {
  return filled<double>(keys, length, nth_key,
                        [length](LaneGenerator& generator, double* out) { generator.fill_uniform(out, length); });
}

std::vector<double> normals(std::size_t keys, std::size_t length) {
  const auto key = [](std::size_t n) {
    RandomKey normal = nth_key(n);
    normal.stream = hash_name("main loop/move.direction");
    return normal;
  };
  return filled<double>(keys, length, key,
                        [length](LaneGenerator& generator, double* out) { generator.fill_normal(out, length); });
}

std::vector<std::uint64_t> words(std::size_t keys, std::size_t length) {
  return filled<std::uint64_t>(keys, length, nth_key, [length](LaneGenerator& generator, std::uint64_t* out) {
    generator.fill_bits(out, length);
  });
}

std::vector<double> neighbor_uniforms(std::size_t keys, std::size_t length, Neighbor neighbor) {
  return filled<double>(
      keys, length, [neighbor](std::size_t n) { return neighbor_of(nth_key(n), neighbor); },
      [length](LaneGenerator& generator, double* out) { generator.fill_uniform(out, length); });
}

}  // namespace skein::bench
