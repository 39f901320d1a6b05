// Which plugin before which.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plugin/candidate.hpp"
#include "skein/registry.hpp"

namespace skein::plugin {

/// Chooses which of the candidates are loaded; the indices, each after those that it depends on, else in the order
/// given. All others are refused: what depends on itself, over others or not; what needs a plugin that is missing,
/// refused, or of a version that will not do; what has a name, role, encoding or object type of one that is loaded.
/// Nothing is refused in favour of one that is refused itself. `registry` has the plugins that are loaded already.
[[nodiscard]] std::vector<std::size_t> choose(std::span<Candidate> candidates, const Registry& registry);

}  // namespace skein::plugin
