// Which plugins a run is made of.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "skein/graph.hpp"
#include "skein/registry.hpp"
#include "skein/result.hpp"

namespace skein {

/// The plugins of the algorithm's graph, of the named problem and its encoding, and of all operators in the plan, in
/// the order in which they were loaded. What the host added itself is none.
[[nodiscard]] std::vector<UsedPlugin> used_plugins(const Registry& registry, const Plan& plan, const Graph& algorithm,
                                                   const std::string& problem);

}  // namespace skein
