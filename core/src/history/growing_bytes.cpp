#include "skein/growing_bytes.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace skein {

GrowingBytes::GrowingBytes(const GrowingBytes& other) {
  resize(other.size_);
  if (size_ != 0) std::memcpy(data_, other.data_, size_);
}

GrowingBytes& GrowingBytes::operator=(const GrowingBytes& other) {
  if (this != &other) *this = GrowingBytes(other);
  return *this;
}

GrowingBytes::GrowingBytes(GrowingBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

GrowingBytes& GrowingBytes::operator=(GrowingBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

GrowingBytes::~GrowingBytes() { std::free(data_); }

bool GrowingBytes::try_reserve(std::size_t capacity) noexcept {
  if (capacity <= capacity_) return true;
  void* const grown = std::realloc(data_, capacity);
  if (grown == nullptr) return false;
  data_ = static_cast<std::byte*>(grown);
  capacity_ = capacity;
  return true;
}

void GrowingBytes::reserve(std::size_t capacity) {
  if (!try_reserve(capacity)) throw std::bad_alloc();
}

void GrowingBytes::resize(std::size_t size) {
  reserve(size);
  size_ = size;
}

void GrowingBytes::shrink(std::size_t capacity) noexcept {
  capacity = std::max<std::size_t>({capacity, size_, 1});
  if (capacity >= capacity_) return;
  void* const smaller = std::realloc(data_, capacity);
  if (smaller == nullptr) return;
  data_ = static_cast<std::byte*>(smaller);
  capacity_ = capacity;
}

}  // namespace skein
