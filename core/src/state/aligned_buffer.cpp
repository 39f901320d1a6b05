#include "state/aligned_buffer.hpp"

#include <cstdlib>
#include <new>

namespace skein {

// calloc knows which memory is zero already: what nobody writes to costs address space, and no memory.
AlignedBuffer::AlignedBuffer(std::size_t bytes) : size_(bytes) {
  if (bytes == 0) return;
  if (bytes > static_cast<std::size_t>(-1) - cache_line_bytes) throw std::bad_alloc();
  memory_.reset(static_cast<std::byte*>(std::calloc(bytes + cache_line_bytes, 1)));
  if (memory_ == nullptr) throw std::bad_alloc();
  const auto address = reinterpret_cast<std::uintptr_t>(memory_.get());
  start_ = memory_.get() + (rounded_up(address, cache_line_bytes) - address);
}

void AlignedBuffer::Release::operator()(std::byte* memory) const noexcept { std::free(memory); }

}  // namespace skein
