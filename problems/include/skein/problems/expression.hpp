// Expression: a problem whose objective stands in the document.
#pragma once

namespace skein {

class Registry;

/// Adds the problem to the catalogue, under the plugin that was begun last.
void register_expression(Registry& registry);

}  // namespace skein
