#include "session/memory_configuration.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "session/memory_need.hpp"
#include "skein/memory_tracker.hpp"

namespace skein {
namespace {

constexpr const char* slot_name = "memory_configuration";

bool reads_resident_memory(const Plan& plan) {
  return std::ranges::any_of(plan.steps, [](const PlanStep& step) {
    return step.table != nullptr && !step.table->repeatable &&
           std::ranges::find(step.table->roles, "memory_source") != step.table->roles.end();
  });
}

std::string mebibytes(double bytes) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g MiB", bytes / mebibyte);
  return text.data();
}

}  // namespace

MemoryConfig configured_memory(const RunDocument& document) {
  return document.memory ? memory_config(*document.memory) : MemoryConfig();
}

void add_memory_configuration(std::vector<SlotFilling>& slots, const Graph& algorithm, const RunDocument& document,
                              Diagnostics& diagnostics) {
  if (!document.memory) return;
  if (std::ranges::find(slots, slot_name, &SlotFilling::slot) != slots.end()) {
    diagnostics.add(
        {"memory-given-twice", Severity::error, document.memory_where, "memory",
         "What stands under 'memory' fills the slot 'memory_configuration', which 'algorithm' fills as well.",
         "one of both", "both", ""});
    return;
  }
  if (std::ranges::find(algorithm.slots, slot_name, &GraphSlot::name) == algorithm.slots.end()) {
    diagnostics.add({"unused-memory", Severity::error, document.memory_where, "memory",
                     "Algorithm '" + algorithm.name + "' has no slot 'memory_configuration' that bounds could fill.",
                     "a slot 'memory_configuration', as memory_efficient_particle_swarm has it", "none", ""});
    return;
  }
  Component component;
  component.kind = Component::Kind::operation;
  component.name = "configure_memory";
  component.where = document.memory_where;
  component.parameters = *document.memory;
  slots.push_back({slot_name, {{slot_name, component}}, false, component.where});
}

void check_memory_bounds(const Plan& plan, const RunDocument& document, Diagnostics& diagnostics) {
  const MemoryConfig config = configured_memory(document);
  const double bound = config.has_thresholds() ? config.memory_warning_threshold_mb : config.limit_mb;
  if (bound <= 0) return;
  const char* const field = config.has_thresholds() ? "memory_warning_threshold_mb" : "limit_mb";
  double need = static_cast<double>(memory_need(plan));
  if (reads_resident_memory(plan))
    need += static_cast<double>(std::max<std::int64_t>(read_process_memory().resident, 0));
  if (bound * mebibyte > need) return;
  const auto given = std::ranges::find(*document.memory, field, &Member::key);
  diagnostics.add({"memory-limit", Severity::error, given->value.where, std::string("memory/") + field,
                   "The run takes more memory from the start than it may use.", "more than " + mebibytes(need),
                   mebibytes(bound * mebibyte), ""});
}

}  // namespace skein
