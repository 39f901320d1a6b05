// Pages of memory that are not in use, given back to the system.
#pragma once

#include <cstddef>

namespace skein {

/// Gives the whole pages in this stretch back: what it holds becomes anything, and it stays as usable as it was.
void release_pages(std::byte* first, std::size_t bytes) noexcept;

}  // namespace skein
