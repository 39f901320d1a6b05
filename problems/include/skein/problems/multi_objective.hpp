// Problems with several objectives.
#pragma once

namespace skein {

class Registry;

/// Adds zdt1, zdt2, zdt3, zdt4 and zdt6 to the catalogue, under the plugin that was begun last.
void register_multi_objective(Registry& registry);

}  // namespace skein
