// Test functions: analytic functions of a real vector with a known minimum.
#pragma once

namespace skein {

class Registry;

/// Adds the problems to the catalogue, under the plugin that was begun last.
void register_test_functions(Registry& registry);

}  // namespace skein
