// Step operators: called once, with a view of whole variables.
#include <optional>

#include "exception_text.hpp"
#include "run/engine.hpp"
#include "run/own_arithmetic.hpp"
#include "run/services.hpp"

namespace skein {
namespace {

StepContext::Services make_services(Engine& engine, Frame& frame, StepState& state, StopReason& reason) {
  Worker& worker = engine.worker(frame);
  for (std::size_t i = 0; i < state.keys.size(); ++i) worker.generators[i].reset();
  StepContext::Services services;
  services.keys = state.keys;
  services.generators = worker.generators.data();
  services.resource = state.resource.get();
  services.clock = &engine.clock;
  services.evaluations = frame.evaluations_before + frame.counters.evaluations;
  services.stop_reason = &reason;
  services.requests = &frame.requests;
  services.engine = &engine;
  services.frame = &frame;
  return services;
}

StepOutcome call_operator(Engine& engine, const PlanStep& step, const PortView* ports, StepContext& context) {
  StepOutcome outcome = StepOutcome::done;
  const auto call = [&] { outcome = step.table->run_step(step.prepared.get(), ports, context); };
  std::optional<OwnArithmetic> arithmetic;
  if (!step.table->host_arithmetic) arithmetic.emplace(engine.options.flush_denormals);
  if (!step.table->thread_safe) {
    const std::lock_guard alone(engine.unsafe_operators);
    Arena::isolated(call);
  } else if (step.table->can_fail) {
    Arena::isolated(call);
  } else {
    call();
  }
  return outcome;
}

}  // namespace

Outcome run_whole_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) {
  StopReason reason = frame.stop_reason;
  const PortView* const ports = state.views.refresh();
  bool is_guarded = false;
  frame.requests.clear();
  try {
    frame.backup.take(state.guarded);
    is_guarded = true;
    StepContext::Services services = make_services(engine, frame, state, reason);
    StepContext context(services);
    const StepOutcome outcome = call_operator(engine, step, ports, context);
    is_guarded = false;
    frame.stop_reason = reason;
    if (outcome == StepOutcome::pending) return Outcome::pending;
    frame.requests.apply();
  } catch (...) {
    frame.error = RunError{step.path, current_exception_text(), std::nullopt, 0, state.visits};
    if (is_guarded) frame.backup.restore(state.guarded);
    return Outcome::failed;
  }
  return Outcome::done;
}

}  // namespace skein
