// StepState: what one step keeps in one frame between its visits. Only `visits` is part of a checkpoint.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "plan/plan.hpp"
#include "skein/random.hpp"
#include "state/backup.hpp"
#include "state/port_views.hpp"

namespace skein {

/// How far the work on a row, or on a child frame, has come. `deferred` exists only during a call.
enum class RowStatus : std::uint8_t { pending, in_flight, done, failed, deferred };

/// What is known about the time that a step needs. Decides about tiles, never about results.
struct StepCost {
  double nanoseconds_per_row = 0.0;  ///< 0: not yet known
  std::uint64_t visits = 0;
  bool ran_parallel = false;
};

/// An operator's resource of this run.
using Resource = std::unique_ptr<void, void (*)(void*)>;

struct StepState {
  std::uint64_t visits = 0;  ///< how often the step was done
  PortViews views;
  std::vector<RandomKey> keys;  ///< one per stream of the operator; group 0
  Resource resource{nullptr, nullptr};
  StepCost cost;
  std::uint64_t nanoseconds = 0;  ///< of a profiled run: in calls by itself

  std::vector<Slot*> shadowed;       ///< row operators that can fail: what their out ports show from the shadow
  std::vector<GuardedSlot> guarded;  ///< step operators that can fail: what is copied before a call
  std::size_t partial_stride = 0;    ///< reducing operators: bytes from one partial result to the next
  std::vector<Scalar> scalars;       ///< compute: the inputs of the expression
};

/// The state of the next step of `frame`, whose slots and children exist. Reserves shadows and copies that it needs.
[[nodiscard]] StepState make_step_state(const PlanStep& step, Frame& frame);

}  // namespace skein
