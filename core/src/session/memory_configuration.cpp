#include "session/memory_configuration.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "session/memory_need.hpp"
#include "skein/memory_config.hpp"
#include "skein/memory_tracker.hpp"

namespace skein {
namespace {

constexpr const char* slot_name = "memory_configuration";
constexpr const char* operator_name = "configure_memory";  // its parameters are a MemoryConfig

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

/// Bounds that a step of the plan sets for it.
struct Bounded {
  const Plan* plan = nullptr;
  const MemoryConfig* config = nullptr;
};

bool sets_bounds(const PlanStep& step) {
  if (step.table == nullptr || step.table->name != operator_name || step.prepared == nullptr) return false;
  const auto name_of = [](const ParameterSpec& parameter) { return parameter.name; };
  return std::ranges::equal(step.table->parameters, memory_config_specs(), {}, name_of, name_of);
}

/// Of the plan and of those below it, whatever filled the slot.
void find_bounds(const Plan& plan, std::vector<Bounded>& found) {
  for (const PlanStep& step : plan.steps) {
    if (sets_bounds(step)) found.push_back({&plan, static_cast<const MemoryConfig*>(step.prepared.get())});
  }
  for (const PlanChild& child : plan.children) find_bounds(*child.plan, found);
}

struct Place {
  SourceLocation where;
  std::string path;
};

/// Where the document gives a field.
Place place_of(const RunDocument& document, const char* field) {
  const auto in = [&](const Object& members, const SourceLocation& where, const std::string& path) {
    const auto given = std::ranges::find(members, field, &Member::key);
    return Place{given == members.end() ? where : given->value.where, path + "/" + field};
  };
  if (document.memory) return in(*document.memory, document.memory_where, "memory");
  const auto& slots = document.algorithm.slots;
  const auto slot = std::ranges::find(slots, slot_name, &SlotFilling::slot);
  if (slot == slots.end() || slot->fillers.empty()) return {document.algorithm.where, "algorithm"};
  const Component& filler = slot->fillers.front().component;
  return in(filler.parameters, filler.where, std::string("algorithm/slots/") + slot_name + "/parameters");
}

}  // namespace

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
  component.name = operator_name;
  component.where = document.memory_where;
  component.parameters = *document.memory;
  slots.push_back({slot_name, {{slot_name, component}}, false, component.where});
}

bool recovers_from_emergencies(const Plan& plan) {
  std::vector<Bounded> all;
  find_bounds(plan, all);
  return std::ranges::all_of(all, [](const Bounded& one) { return one.config->emergency_recovery_enabled; });
}

void check_memory_bounds(const Plan& plan, const RunDocument& document, Diagnostics& diagnostics) {
  std::vector<Bounded> all;
  find_bounds(plan, all);
  for (const Bounded& one : all) {
    const MemoryConfig& config = *one.config;
    const double bound = config.has_thresholds() ? config.memory_warning_threshold_mb : config.limit_mb;
    if (bound <= 0) continue;
    const bool is_resident = reads_resident_memory(*one.plan);
    double need = static_cast<double>(memory_from_the_start(is_resident ? plan : *one.plan, !is_resident));
    if (is_resident) need += static_cast<double>(std::max<std::int64_t>(read_process_memory().resident, 0));
    if (bound * mebibyte > need) continue;
    Place place = place_of(document, config.has_thresholds() ? "memory_warning_threshold_mb" : "limit_mb");
    diagnostics.add({"memory-limit", Severity::error, place.where, std::move(place.path),
                     "The run takes more memory from the start than it may use.", "more than " + mebibytes(need),
                     mebibytes(bound * mebibyte), ""});
  }
}

}  // namespace skein
