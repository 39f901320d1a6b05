#include "session/memory_need.hpp"

#include <unistd.h>

#include <limits>
#include <string>

namespace skein {

namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

std::uint64_t times(std::uint64_t a, std::uint64_t b) { return a != 0 && b > most / a ? most : a * b; }

std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return b > most - a ? most : a + b; }

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

std::uint64_t variable_need(const Plan& plan, const PlanVariable& variable) {
  const bool column = variable.population != no_population;
  const std::uint64_t rows = column ? plan.populations[variable.population].capacity : 1;
  std::uint64_t total = 0;
  for (const Part& part : variable.parts)
    total = plus(total, times(rows, times(part.width, element_bytes(part.element))));
  return total;
}

/// What a row operator that can fail writes exists twice.
std::uint64_t shadow_need(const Plan& plan, const PlanStep& step) {
  if (step.kind != PlanStep::Kind::row || !step.table->can_fail) return 0;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < step.ports.size(); ++i) {
    if (step.table->ports[i].direction != Direction::out || step.ports[i].kind != PlanBinding::Kind::variable) continue;
    total = plus(total, variable_need(plan, plan.variables[step.ports[i].index]));
  }
  return total;
}

}  // namespace

std::uint64_t memory_need(const Plan& plan) {
  std::uint64_t total = 0;
  for (const PlanVariable& variable : plan.variables) {
    total = plus(total, variable_need(plan, variable));
  }
  for (const PlanStep& step : plan.steps) total = plus(total, shadow_need(plan, step));
  for (const PlanChild& child : plan.children) {
    const bool per_row = child.per_row_of != no_population;
    const std::uint64_t frames = per_row ? plan.populations[child.per_row_of].capacity : child.count;
    total = plus(total, times(frames, memory_need(*child.plan)));
  }
  return total;
}

void check_memory(const Plan& plan, const SourceLocation& where, Diagnostics& diagnostics) {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page <= 0) return;
  const std::uint64_t machine = static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page);
  const std::uint64_t need = memory_need(plan);
  if (need <= machine) return;
  diagnostics.add({"too-large", Severity::error, where, "algorithm",
                   "The run would need more memory than this machine has: make the swarm or the dimension smaller.",
                   "at most " + mebibytes(machine), mebibytes(need), ""});
}

}  // namespace skein
