// The problems of the plugin combinatorial.
#pragma once

namespace skein {

class Registry;

/// Adds one_max, knapsack, travelling_salesman and gear_train, under the plugin that was begun last.
void register_combinatorial(Registry& registry);

}  // namespace skein
