#include "state/backup.hpp"

#include <cstring>

namespace skein {
namespace {

/// Calls `copy(content, bytes)` for the memory of every part.
template <class Copy>
void for_each_part(const GuardedSlot& guarded, std::size_t rows, Copy copy) {
  for (const ColumnView& part : guarded.slot->parts()) {
    copy(part.data, part.row_bytes == 0 ? payload_bytes(part) : part.row_bytes * rows);
  }
}

std::size_t rows_now(const GuardedSlot& guarded) {
  return guarded.population != nullptr ? guarded.population->rows : 1;
}

}  // namespace

void Backup::reserve(const std::vector<GuardedSlot>& slots) {
  std::size_t bytes = 0;
  for (const GuardedSlot& guarded : slots) {
    for_each_part(guarded, guarded.slot->capacity(), [&](const std::byte*, std::size_t size) { bytes += size; });
  }
  if (bytes > memory_.size()) memory_ = AlignedBuffer(bytes);
  objects_.reserve(slots.size());
}

void Backup::take(const std::vector<GuardedSlot>& slots) {
  std::byte* place = memory_.data();
  objects_.clear();
  for (const GuardedSlot& guarded : slots) {
    for_each_part(guarded, rows_now(guarded), [&](const std::byte* content, std::size_t size) {
      std::memcpy(place, content, size);
      place += size;
    });
    if (guarded.slot->object() != nullptr) objects_.push_back(guarded.slot->object()->clone());
  }
}

void Backup::restore(const std::vector<GuardedSlot>& slots) noexcept {
  const std::byte* place = memory_.data();
  auto object = objects_.begin();
  for (const GuardedSlot& guarded : slots) {
    for_each_part(guarded, rows_now(guarded), [&](std::byte* content, std::size_t size) {
      std::memcpy(content, place, size);
      place += size;
    });
    if (guarded.slot->object() != nullptr) guarded.slot->set_object(std::move(*object++));
  }
  objects_.clear();
}

}  // namespace skein
