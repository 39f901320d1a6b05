// Which plugin before which.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plugin/candidate.hpp"
#include "skein/registry.hpp"

namespace skein::plugin {

/// The indices of the candidates that can be loaded: each after those that it depends on, else in the order given.
/// Others are refused: what depends on itself, over others or not; what needs a plugin that is missing, refused, or of
/// a version that will not do. `registry` has the plugins that are loaded already.
[[nodiscard]] std::vector<std::size_t> order_by_dependency(std::span<Candidate> candidates, const Registry& registry);

}  // namespace skein::plugin
