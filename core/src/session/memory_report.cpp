#include "session/memory_report.hpp"

#include <algorithm>
#include <string_view>

#include "plan/plan.hpp"
#include "skein/archive.hpp"
#include "skein/history.hpp"
#include "skein/memory_state.hpp"

namespace skein {
namespace {

void add(Object& object, const char* key, Value value) { object.push_back({key, {}, std::move(value)}); }

const ObjectVariable* object_of(const Run& run, const PlanVariable& variable) {
  if (variable.create_object == nullptr) return nullptr;
  const auto view = run.variable(variable.name);
  return view ? view->object : nullptr;
}

/// The history that a graph declares under this name.
const BoundedHistory* find_history(const Run& run, std::string_view name) {
  for (const PlanVariable& variable : run.plan().variables) {
    const std::string_view last = std::string_view(variable.name).substr(variable.name.rfind('/') + 1);
    const ObjectVariable* const object = last == name ? object_of(run, variable) : nullptr;
    if (object != nullptr && object->type_name() == BoundedHistory::type) {
      return static_cast<const BoundedHistory*>(object);
    }
  }
  return nullptr;
}

const MemoryState* find_memory(const Run& run) {
  for (const PlanVariable& variable : run.plan().variables) {
    const ObjectVariable* const object = object_of(run, variable);
    if (object == nullptr || object->type_name() != MemoryState::type) continue;
    const auto* const memory = static_cast<const MemoryState*>(object);
    if (memory->configured()) return memory;
  }
  return nullptr;
}

/// Large objects that archives know and do not need.
std::uint64_t weak_references(const Run& run) {
  std::uint64_t count = 0;
  for (const PlanVariable& variable : run.plan().variables) {
    const ObjectVariable* const object = object_of(run, variable);
    if (object == nullptr || object->type_name() != Archive::type) continue;
    count += static_cast<const Archive*>(object)->attachment_count();
  }
  return count;
}

Value mebibytes_or_null(std::int64_t bytes) {
  return bytes < 0 ? Value() : Value(static_cast<double>(bytes) / mebibyte);
}

void add_summary(Object& object, const MemoryState& memory) {
  const MemorySummary summary = memory.track().summary();
  add(object, "current_mb", summary.current_mb);
  add(object, "initial_mb", summary.initial_mb);
  add(object, "peak_mb", summary.peak_mb);
  add(object, "growth_mb", summary.growth_mb);
  add(object, "growth_since_gc_mb", summary.growth_since_gc_mb);
  add(object, "trend_mb_per_sec", summary.trend_mb_per_sec);
  add(object, "memory_volatility", summary.memory_volatility);
  add(object, "total_samples", summary.total_samples);
}

void add_history(Object& object, const char* size_key, const char* memory_key, const BoundedHistory* history) {
  add(object, size_key, std::uint64_t{history == nullptr ? 0 : history->size()});
  add(object, memory_key, history == nullptr ? 0.0 : static_cast<double>(history->size_in_bytes()) / mebibyte);
}

Value alerts_of(const MemoryState& memory) {
  List list;
  for (const MemoryAlert& alert : memory.alerts()) {
    Object entry;
    add(entry, "type", std::string(to_text(alert.type)));
    add(entry, "memory_mb", alert.memory_mb);
    add(entry, "growth_mb", alert.growth_mb);
    add(entry, "iteration", alert.iteration);
    add(entry, "timestamp", alert.timestamp);
    list.emplace_back(std::move(entry));
  }
  return list;
}

Value actions_of(const MemoryState& memory) {
  List list;
  for (const MemoryAction& action : memory.actions()) {
    Object entry;
    add(entry, "action", std::string(to_text(action.kind)));
    add(entry, "level", std::string(to_text(action.level)));
    add(entry, "iteration", action.iteration);
    add(entry, "timestamp", action.timestamp);
    add(entry, "freed_bytes", action.freed_bytes);
    if (action.left >= 0) add(entry, "left", action.left);
    list.emplace_back(std::move(entry));
  }
  return list;
}

/// Every kind of action that happened, with its number and what it freed.
Value degraded(const MemoryState& memory) {
  Object object;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(MemoryActionKind::stop); ++i) {
    const auto kind = static_cast<MemoryActionKind>(i);
    const MemoryActionTotal& total = memory.total(kind);
    if (total.count == 0) continue;
    Object entry;
    add(entry, "count", total.count);
    add(entry, "freed_bytes", total.freed_bytes);
    object.push_back({std::string(to_text(kind)), {}, Value(std::move(entry))});
  }
  return object;
}

}  // namespace

Value memory_report(const Run& run, std::int64_t iterations) {
  const MemoryState* const memory = find_memory(run);
  if (memory == nullptr) return {};
  Object object;
  add(object, "iteration_count", iterations);
  add(object, "last_cleanup_iteration", memory->last_cleanup() < 0 ? Value() : Value(memory->last_cleanup()));
  add_history(object, "cost_history_size", "cost_history_memory_mb", find_history(run, "cost_history"));
  add_history(object, "position_history_size", "position_history_memory_mb", find_history(run, "position_history"));
  add(object, "memory_alerts_count", memory->alert_count());
  add(object, "controller_refs_count", weak_references(run));
  add_summary(object, *memory);
  add(object, "counted_mb", static_cast<double>(memory->counted_bytes()) / mebibyte);
  add(object, "process_peak_mb", mebibytes_or_null(peak_process_memory()));
  add(object, "base_mb", static_cast<double>(memory->resident().base()) / mebibyte);
  add(object, "limit_mb", mebibytes_or_null(memory->resident().limit()));
  add(object, "level", std::string(to_text(memory->level())));
  add(object, "degraded", degraded(*memory));
  add(object, "actions", actions_of(*memory));
  add(object, "alerts", alerts_of(*memory));
  return object;
}

}  // namespace skein
