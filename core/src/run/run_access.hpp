// RunAccess: the way to what stands behind a Run, for those parts of core that are headers of their own.
#pragma once

#include "run/run_state.hpp"

namespace skein {

struct RunAccess {
  [[nodiscard]] static Run::State& state(Run& run) noexcept { return *run.state_; }
  [[nodiscard]] static const Run::State& state(const Run& run) noexcept { return *run.state_; }
};

}  // namespace skein
