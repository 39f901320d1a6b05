// What to say where a document names something that the catalogue does not have.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "skein/registry.hpp"

namespace skein {

/// What to say of a component that was not found: who brings it ("plugin 'x' would bring it, but was refused: …"), else
/// the nearest of the names that could have been meant. Empty when there is neither.
[[nodiscard]] std::string missing_component_hint(const Registry& registry, std::string_view component,
                                                 std::span<const std::string> known = {});

}  // namespace skein
