// Random numbers as runs draw them: one key per row group and visit, a few thousand numbers or a handful from each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "skein/random.hpp"

namespace skein::bench {

/// Which neighbour of a key is compared with it.
enum class Neighbor { group, visit, stream, seed, frame };

/// A key of a run: the stream of the number `group` in the iteration `visit`.
[[nodiscard]] RandomKey key_of(std::uint64_t visit, std::uint64_t group);

/// The key next to it in one respect.
[[nodiscard]] RandomKey neighbor_of(RandomKey key, Neighbor neighbor);

/// The first `length` numbers of every one of `keys` keys, one after another: visits of a few groups.
/// Normal numbers have a stream of their own, or they would be the uniform ones again.
[[nodiscard]] std::vector<double> uniforms(std::size_t keys, std::size_t length);
[[nodiscard]] std::vector<double> normals(std::size_t keys, std::size_t length);
[[nodiscard]] std::vector<std::uint64_t> words(std::size_t keys, std::size_t length);

/// The same of each key's neighbour.
[[nodiscard]] std::vector<double> neighbor_uniforms(std::size_t keys, std::size_t length, Neighbor neighbor);

}  // namespace skein::bench
