// What the tool brings with it.
#pragma once

#include "skein/session.hpp"

namespace skein::tool {

/// A session with everything that is built in.
[[nodiscard]] Session make_session();

}  // namespace skein::tool
