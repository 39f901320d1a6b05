// Breakpoints and observers of a run.
#include <algorithm>
#include <stdexcept>
#include <utility>

#include "documents/joined.hpp"
#include "run/run_access.hpp"
#include "skein/run.hpp"

namespace skein {

bool Run::add_breakpoint(std::string_view path, Diagnostics& diagnostics) {
  Watch& watch = state_->engine.watch;
  std::vector<const PlanStep*> steps = steps_at(*state_->plan, path);
  if (steps.empty()) {
    const std::vector<std::string> known = node_paths(*state_->plan);
    Diagnostic diagnostic;
    diagnostic.code = "unknown-node";
    diagnostic.path = path;
    diagnostic.message = "There is no node '" + std::string(path) + "' in this run.";
    diagnostic.found = "'" + std::string(path) + "'";
    diagnostic.suggestion = nearest_name(path, known);
    if (diagnostic.suggestion.empty()) diagnostic.expected = joined(known);
    diagnostics.add(std::move(diagnostic));
    return false;
  }
  const auto same = std::ranges::find(watch.breakpoints, path, &Breakpoint::path);
  if (same == watch.breakpoints.end()) watch.breakpoints.push_back({std::string(path), std::move(steps)});
  return true;
}

bool Run::remove_breakpoint(std::string_view path) {
  return std::erase_if(state_->engine.watch.breakpoints, [path](const Breakpoint& b) { return b.path == path; }) != 0;
}

std::vector<std::string> Run::breakpoints() const {
  std::vector<std::string> paths;
  for (const Breakpoint& breakpoint : state_->engine.watch.breakpoints) paths.push_back(breakpoint.path);
  return paths;
}

const std::optional<std::string>& Run::stopped_at() const noexcept { return state_->engine.watch.stopped_at; }

std::string Run::next_node() const {
  const std::vector<PlanStep>& steps = state_->plan->steps;
  std::size_t next = state_->root->program_counter;
  for (std::size_t i = 0; i <= steps.size() && next < steps.size(); ++i) {
    if (is_node(steps[next])) return steps[next].path;
    next = steps[next].kind == PlanStep::Kind::jump ? steps[next].destination : next + 1;
  }
  return "";
}

std::size_t Run::add_observer(Observe when, Observer observer) {
  if (!observer) throw std::invalid_argument("an observer that is no function");
  Watch& watch = state_->engine.watch;
  if (watch.observers.empty()) watch.seen_iterations = counted_iterations(*state_->root);
  watch.observers.push_back({++watch.last_observer, when, std::move(observer)});
  return watch.last_observer;
}

void Run::remove_observer(std::size_t number) {
  Watch& watch = state_->engine.watch;
  for (WatchingObserver& observer : watch.observers) observer.is_removed |= observer.number == number;
  if (watch.calls_observers) return;
  std::erase_if(watch.observers, [](const WatchingObserver& observer) { return observer.is_removed; });
}

}  // namespace skein
