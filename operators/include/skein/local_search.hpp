// The operators of local search, by NLopt: a layer of their own, so that nothing else links it.
#pragma once

namespace skein {

class Registry;

/// Adds the operator `local_search`. Its role is that of `register_roles`.
void register_local_search(Registry& registry);

}  // namespace skein
