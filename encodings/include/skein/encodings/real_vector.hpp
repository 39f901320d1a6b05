// The encoding `real_vector`: a solution is a vector of real numbers within bounds.
#pragma once

namespace skein {

class Registry;

/// Adds the encoding and its operators to the catalogue, under the plugin that was begun last.
void register_real_vector(Registry& registry);

}  // namespace skein
