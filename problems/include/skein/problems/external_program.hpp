// External program: a problem that worker processes evaluate.
#pragma once

namespace skein {

class Registry;

/// Adds the problem to the catalogue, under the plugin that was begun last.
void register_external_program(Registry& registry);

}  // namespace skein
