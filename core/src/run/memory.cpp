#include "run/memory.hpp"

#if defined(__linux__)
#include <malloc.h>
#endif

#include <algorithm>
#include <new>
#include <string>

#include "run/engine.hpp"
#include "run/globals.hpp"
#include "skein/archive.hpp"
#include "skein/history.hpp"
#include "skein/memory_state.hpp"
#include "skein/memory_tracker.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

constexpr std::size_t most_recoveries = 100;

std::uint64_t bytes_of(std::span<const ColumnView> parts, std::size_t rows) noexcept {
  std::uint64_t bytes = 0;
  for (const ColumnView& part : parts) bytes += rows * (part.row_bytes != 0 ? part.row_bytes : payload_bytes(part));
  return bytes;
}

/// Until nothing more can be given up, or there is no memory even for that.
std::uint64_t reduce_to_the_end(const Frame& frame, std::string_view type) {
  std::uint64_t freed = 0;
  try {
    for (std::uint64_t more = 1; more != 0; freed += more) more = reduce_objects(frame, type);
  } catch (const std::bad_alloc&) {
    return freed;
  }
  return freed;
}

std::uint64_t bytes_in_histories(const Frame& frame) {
  std::uint64_t bytes = 0;
  visit_objects(frame, [&](std::string_view, ObjectVariable& object) {
    if (object.type_name() == BoundedHistory::type) bytes += static_cast<const BoundedHistory&>(object).bytes_in_use();
  });
  return bytes;
}

template <class Work>
void for_each_state(const Frame& frame, Work work) {
  visit_objects(frame, [&](std::string_view, ObjectVariable& object) {
    if (object.type_name() != MemoryState::type) return;
    auto& state = static_cast<MemoryState&>(object);
    if (state.configured()) work(state);
  });
}

MemoryMoment moment_of(const Engine& engine, const Frame& frame, const MemoryState& state) {
  const std::size_t variable = frame.plan->iterations_variable;
  const std::int64_t iteration =
      variable == no_index ? state.last_check() : read_global(frame.slots[variable]->parts()[0]).as_integer();
  return {iteration, engine.clock.elapsed_seconds()};
}

}  // namespace

void Recoveries::add(std::string_view path, std::uint64_t visit, std::uint64_t freed_bytes) {
  const std::lock_guard lock(mutex_);
  if (count_++ < most_recoveries) first_.push_back({std::string(path), visit, freed_bytes});
}

std::vector<MemoryRecovery> Recoveries::first() const {
  const std::lock_guard lock(mutex_);
  return first_;
}

std::uint64_t Recoveries::count() const noexcept {
  const std::lock_guard lock(mutex_);
  return count_;
}

std::uint64_t counted_bytes(const Engine& engine, const Frame& frame) noexcept {
  std::uint64_t bytes = 0;
  for (std::size_t variable = 0; variable < frame.slots.size(); ++variable) {
    if (!frame.holds_content(variable)) continue;
    const Slot& slot = *frame.slots[variable];
    const std::size_t rows = frame.rows_of(variable);
    bytes += bytes_of(slot.parts(), rows) + bytes_of(slot.shadow_parts(), rows);
    if (slot.object() != nullptr) bytes += slot.object()->size_in_bytes();
  }
  for (const ChildFrames& frames : frame.children) {
    for (const auto& child : frames.frames) bytes += counted_bytes(engine, *child);
  }
  if (frame.origin != nullptr) return bytes;
  // Of one thread, so that the number of threads does not count.
  const Worker& worker = engine.workers.front();
  return bytes + worker.scratch.size() + worker.strips.bytes.size();
}

void visit_objects(const Frame& frame, const std::function<void(std::string_view name, ObjectVariable&)>& visit) {
  for (std::size_t variable = 0; variable < frame.slots.size(); ++variable) {
    ObjectVariable* const object = frame.holds_content(variable) ? frame.slots[variable]->object() : nullptr;
    if (object != nullptr) visit(frame.plan->variables[variable].name, *object);
  }
  for (const ChildFrames& frames : frame.children) {
    for (const auto& child : frames.frames) visit_objects(*child, visit);
  }
}

std::uint64_t reduce_objects(const Frame& frame, std::string_view type) {
  std::uint64_t freed = 0;
  visit_objects(frame, [&](std::string_view, ObjectVariable& object) {
    if (type.empty() || object.type_name() == type) freed += object.reduce_memory();
  });
  return freed;
}

std::uint64_t release_memory(const Engine& engine, const Frame& frame) noexcept {
  const std::int64_t before = read_process_memory().resident;
  // Threads that work on frames beside this one are using theirs.
  if (!frame.beside_others) {
    for (const Worker& worker : engine.workers) {
      worker.scratch.release_pages();
      worker.strips.bytes.release_pages();
    }
  }
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
  const std::int64_t after = read_process_memory().resident;
  return before > after && after >= 0 ? static_cast<std::uint64_t>(before - after) : 0;
}

std::uint64_t give_up_memory(const Engine& engine, const Frame& frame) {
  MemoryRecovered given_up;
  const std::uint64_t histories = bytes_in_histories(frame);
  given_up.archives = reduce_to_the_end(frame, Archive::type);
  reduce_to_the_end(frame, BoundedHistory::type);
  const std::uint64_t others = reduce_to_the_end(frame, "");
  given_up.histories = histories - std::min(histories, bytes_in_histories(frame));
  given_up.released = release_memory(engine, frame);
  for_each_state(frame, [&](MemoryState& state) {
    const bool is_of_process = state.newest().address_space >= 0;
    state.note_recovery(is_of_process ? read_process_memory() : MemoryReading(), given_up,
                        moment_of(engine, frame, state));
  });
  return given_up.archives + given_up.histories + others + given_up.released;
}

void pause_for_memory(Engine& engine, const Frame& frame) {
  for_each_state(frame, [&](MemoryState& state) { state.note_stop(moment_of(engine, frame, state)); });
  engine.pause_reason.store(StopReason::memory, std::memory_order_relaxed);
  engine.pause_requested.store(true, std::memory_order_relaxed);
}

std::uint64_t RunMemory::counted_bytes() const noexcept {
  return skein::counted_bytes(*services_->engine, *services_->frame);
}

std::uint64_t RunMemory::row_bytes(const PopulationView& population) noexcept {
  const auto* const place = static_cast<const Population*>(population.place);
  if (place == nullptr) return 0;
  std::uint64_t bytes = 0;
  for (const auto* columns : {&place->columns, &place->hidden_columns}) {
    for (const Slot* slot : *columns) bytes += bytes_of(slot->parts(), 1) + bytes_of(slot->shadow_parts(), 1);
  }
  return bytes;
}

std::uint64_t RunMemory::reduce_objects(std::string_view type) const {
  return skein::reduce_objects(*services_->frame, type);
}

std::uint64_t RunMemory::release() const noexcept { return release_memory(*services_->engine, *services_->frame); }

std::size_t RunMemory::evaluation_rows() const noexcept {
  return services_->engine->evaluation_rows.load(std::memory_order_relaxed);
}

void RunMemory::limit_evaluation_rows(std::size_t rows) const noexcept {
  services_->engine->evaluation_rows.store(rows, std::memory_order_relaxed);
}

void RunMemory::visit_objects(void* target, Visitor visitor) const {
  skein::visit_objects(*services_->frame,
                       [&](std::string_view name, ObjectVariable& object) { visitor(target, name, object); });
}

}  // namespace skein
