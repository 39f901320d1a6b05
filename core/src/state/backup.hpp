// Backup: copies of variables, to undo what a failed step operator did.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "state/aligned_buffer.hpp"
#include "state/population.hpp"

namespace skein {

/// A variable that a step operator may change.
struct GuardedSlot {
  Slot* slot = nullptr;
  const Population* population = nullptr;  ///< null for a global or an object
};

/// Memory for copies. Columns need no allocation once it is reserved; objects are cloned.
class Backup {
 public:
  void reserve(const std::vector<GuardedSlot>& slots);
  void take(const std::vector<GuardedSlot>& slots);
  void restore(const std::vector<GuardedSlot>& slots) noexcept;

 private:
  AlignedBuffer memory_;
  std::vector<std::unique_ptr<ObjectVariable>> objects_;
};

}  // namespace skein
