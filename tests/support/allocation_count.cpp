#include "tests/support/allocation_count.hpp"

#include <atomic>
#include <cerrno>

#if !defined(__has_feature)
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || __has_feature(address_sanitizer) || \
    __has_feature(thread_sanitizer)
#define SKEIN_COUNTS_ALLOCATIONS 0
#else
#define SKEIN_COUNTS_ALLOCATIONS 1
#endif

namespace {

std::atomic<bool> counts = false;
std::atomic<std::size_t> allocation_count = 0;

#if SKEIN_COUNTS_ALLOCATIONS
void note_allocation() noexcept {
  if (counts.load(std::memory_order_relaxed)) allocation_count.fetch_add(1, std::memory_order_relaxed);
}
#endif

}  // namespace

#if SKEIN_COUNTS_ALLOCATIONS
// Everything that allocates, operator new and TBB included, comes through one of these; the hooks are those of glibc.
extern "C" {
void* __libc_malloc(std::size_t size) noexcept;
void* __libc_calloc(std::size_t count, std::size_t size) noexcept;
void* __libc_realloc(void* memory, std::size_t size) noexcept;
void* __libc_memalign(std::size_t alignment, std::size_t size) noexcept;

void* malloc(std::size_t size) noexcept {
  note_allocation();
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  note_allocation();
  return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) noexcept {
  note_allocation();
  return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  note_allocation();
  return __libc_memalign(alignment, size);
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
  note_allocation();
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  note_allocation();
  *memory = __libc_memalign(alignment, size);
  return *memory == nullptr ? ENOMEM : 0;
}
}
#endif

namespace skein::tests {

bool counts_allocations() noexcept { return SKEIN_COUNTS_ALLOCATIONS != 0; }

AllocationCount::AllocationCount() noexcept {
  allocation_count = 0;
  counts = true;
}

AllocationCount::~AllocationCount() { counts = false; }

std::size_t AllocationCount::allocations() const noexcept { return allocation_count; }

}  // namespace skein::tests
