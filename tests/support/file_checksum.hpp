// The checksum that the first lines of checkpoints and journals end with, for tests that change what stands there.
#pragma once

#include <string>
#include <string_view>

namespace skein::tests {

/// The third line of a file whose first two are `lines`, without its end.
[[nodiscard]] std::string file_checksum(std::string_view lines);

}  // namespace skein::tests
