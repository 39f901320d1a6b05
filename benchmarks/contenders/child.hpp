// Runs of Skein in a process of their own.
#pragma once

#include "benchmarks/contenders/skein.hpp"

namespace skein::bench {

struct ChildReport {
  long peak_bytes = 0;   ///< by which the run raised the peak of the resident memory
  long allocations = 0;  ///< while it ran, those of all threads
};

/// Throws std::runtime_error when the process fails.
[[nodiscard]] ChildReport run_in_child(const SkeinSetup& setup, std::size_t iterations);

}  // namespace skein::bench
