// Engineering designs: small machines and structures whose cost is to be as low as the constraints allow.
#pragma once

namespace skein {

class Registry;

/// Adds the problems to the catalogue, under the plugin that was begun last.
void register_engineering_designs(Registry& registry);

}  // namespace skein
