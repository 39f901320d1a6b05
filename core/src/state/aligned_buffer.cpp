#include "state/aligned_buffer.hpp"

#include <cstdlib>
#include <new>

#include "memory/release_pages.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace skein {
namespace {

/// Asks for pages of 2 MiB where there is room for one: with small ones, a pass over a large swarm waits for the
/// translation of addresses. Only a wish; what nobody writes to still costs nothing.
void ask_for_large_pages([[maybe_unused]] std::byte* memory, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::size_t page = std::size_t{1} << 21;
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  const std::size_t before = rounded_up(address, page) - address;
  if (bytes < before + page) return;
  madvise(memory + before, (bytes - before) / page * page, MADV_HUGEPAGE);
#endif
}

}  // namespace

// calloc knows which memory is zero already: what nobody writes to costs address space, and no memory.
AlignedBuffer::AlignedBuffer(std::size_t bytes) : size_(bytes) {
  if (bytes == 0) return;
  if (bytes > static_cast<std::size_t>(-1) - cache_line_bytes) throw std::bad_alloc();
  memory_.reset(static_cast<std::byte*>(std::calloc(bytes + cache_line_bytes, 1)));
  if (memory_ == nullptr) throw std::bad_alloc();
  const auto address = reinterpret_cast<std::uintptr_t>(memory_.get());
  start_ = memory_.get() + (rounded_up(address, cache_line_bytes) - address);
  ask_for_large_pages(start_, bytes);
}

void AlignedBuffer::release_pages() const noexcept { skein::release_pages(start_, size_); }

void AlignedBuffer::Release::operator()(std::byte* memory) const noexcept { std::free(memory); }

}  // namespace skein
