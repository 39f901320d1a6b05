#pragma once

#include <cstdint>

namespace skein {

/// What came of a step or of a frame. Of several frames, the greatest one counts.
enum class Outcome : std::uint8_t { done, pending, paused, failed };

}  // namespace skein
