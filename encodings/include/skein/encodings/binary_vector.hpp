// The encoding `binary_vector`: a solution is a vector of bits.
#pragma once

namespace skein {

class Registry;

/// Adds the encoding and its operators to the catalogue, under the plugin that was begun last. It offers operators of
/// the plugin real_vector and graphs of the plugin binary_vector by their names.
void register_binary_vector(Registry& registry);

}  // namespace skein
