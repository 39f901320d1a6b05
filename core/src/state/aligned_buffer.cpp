#include "state/aligned_buffer.hpp"

#include <cstring>
#include <new>

namespace skein {

AlignedBuffer::AlignedBuffer(std::size_t bytes) : size_(bytes) {
  if (bytes == 0) return;
  memory_.reset(static_cast<std::byte*>(::operator new (bytes, std::align_val_t{cache_line_bytes})));
  std::memset(memory_.get(), 0, bytes);
}

void AlignedBuffer::Release::operator()(std::byte* memory) const noexcept {
  ::operator delete (memory, std::align_val_t{cache_line_bytes});
}

}  // namespace skein
