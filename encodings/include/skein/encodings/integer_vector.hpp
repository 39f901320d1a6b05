// The encoding `integer_vector`: a solution is a vector of integers within bounds.
#pragma once

namespace skein {

class Registry;

/// Adds the encoding and its operators to the catalogue, under the plugin that was begun last. It offers operators of
/// the plugin real_vector and graphs of the plugin integer_vector by their names.
void register_integer_vector(Registry& registry);

}  // namespace skein
