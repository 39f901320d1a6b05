// Run::State: everything behind a Run.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "run/engine.hpp"
#include "run/function_reference.hpp"
#include "skein/run.hpp"

namespace skein {

class Run::State {
 public:
  State(std::shared_ptr<const Plan> run_plan, const RunOptions& options);

  RunState advance(Advance how);
  RunState advance_iterations(std::uint64_t count);
  RunState advance_until(FunctionReference<bool()> is_enough);
  void finish() noexcept;
  /// Throws std::logic_error while a step of the run is going on: whoever it calls cannot let it go on or go back.
  void check_is_still() const;
  [[nodiscard]] bool at_end() const noexcept { return root->program_counter == plan->steps.size(); }

  std::shared_ptr<const Plan> plan;
  Engine engine;
  std::unique_ptr<Frame> root;
  RunState state = RunState::ready;
  std::optional<RunError> error;
  std::uint64_t generation = 0;  ///< changes whenever the run goes on or is restored

 private:
  RunState go_on(FunctionReference<Outcome()> work);
  RunState stop() noexcept;

  std::atomic<bool> goes_on_ = false;
};

}  // namespace skein
