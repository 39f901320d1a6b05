// Counts heap allocations of the whole program, TBB included.
#pragma once

#include <cstddef>

namespace skein::tests {

/// Whether allocations are counted in this build. Sanitizers have their own allocator, which is not counted.
[[nodiscard]] bool counts_allocations() noexcept;

/// Allocations since this object was made, of all threads. One at a time.
class AllocationCount {
 public:
  AllocationCount() noexcept;
  ~AllocationCount();
  AllocationCount(const AllocationCount&) = delete;
  AllocationCount& operator=(const AllocationCount&) = delete;

  [[nodiscard]] std::size_t allocations() const noexcept;
};

}  // namespace skein::tests
