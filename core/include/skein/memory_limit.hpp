// MemoryLimit: how much memory the machine, and whoever runs the process, leaves it.
#pragma once

#include <cstdint>
#include <string>

namespace skein {

/// Bytes; -1: none, or not known.
struct MemoryLimit {
  std::int64_t resident = -1;       ///< of the control group or, without one, what is in use plus what is available
  std::int64_t address_space = -1;  ///< RLIMIT_AS
};

/// The limits of this process, of which `resident` bytes are in use (-1: not known). Files are looked for below `root`:
/// proc/self/cgroup, the limits of the group and of the groups above it (versions 1 and 2), proc/meminfo.
[[nodiscard]] MemoryLimit find_memory_limit(std::int64_t resident, const std::string& root = "/");

}  // namespace skein
