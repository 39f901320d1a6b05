#include "memory/release_pages.hpp"

#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace skein {

void release_pages([[maybe_unused]] std::byte* first, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__linux__)
  const long size = sysconf(_SC_PAGESIZE);
  if (size <= 0) return;
  const auto page = static_cast<std::size_t>(size);
  const std::size_t before = (page - reinterpret_cast<std::uintptr_t>(first) % page) % page;
  if (bytes < before + page) return;
  madvise(first + before, (bytes - before) / page * page, MADV_DONTNEED);
#endif
}

}  // namespace skein
