// What the operators of the role archive_cleanup have in common.
#pragma once

#include <cstdint>
#include <tuple>

#include "skein/archive.hpp"
#include "skein/operator.hpp"

namespace skein {

struct CleanupPorts {
  InOutObject<Archive> archive;
  Out<std::int64_t> freed_entries, freed_bytes;

  void add(Archive::Freed freed) const noexcept {
    freed_entries.value() += static_cast<std::int64_t>(freed.entries);
    freed_bytes.value() += static_cast<std::int64_t>(freed.bytes);
  }
};

constexpr auto cleanup_ports =
    std::tuple{inout("archive", &CleanupPorts::archive, "archive", "what is made smaller"),
               out("freed_entries", &CleanupPorts::freed_entries, "integer", "entries that were given up"),
               out("freed_bytes", &CleanupPorts::freed_bytes, "integer", "bytes of memory that were given back")};

}  // namespace skein
