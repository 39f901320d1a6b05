#include "session/memory_need.hpp"

#include <unistd.h>

#include <limits>
#include <string>
#include <vector>

namespace skein {

namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

std::uint64_t times(std::uint64_t a, std::uint64_t b) { return a != 0 && b > most / a ? most : a * b; }

std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return b > most - a ? most : a + b; }

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

/// What is counted of a plan.
struct Extent {
  bool capacity = true;  ///< of populations; otherwise the rows that they begin with
  bool objects = false;  ///< as they are when they are new
};

std::uint64_t rows_of(const PlanPopulation& population, Extent extent) {
  return extent.capacity ? population.capacity : population.rows;
}

std::uint64_t variable_need(const Plan& plan, const PlanVariable& variable, Extent extent) {
  if (variable.external) return 0;
  if (variable.create_object != nullptr) return extent.objects ? variable.create_object()->size_in_bytes() : 0;
  const bool column = variable.population != no_population;
  const std::uint64_t rows = column ? rows_of(plan.populations[variable.population], extent) : 1;
  std::uint64_t total = 0;
  for (const Part& part : variable.parts)
    total = plus(total, times(rows, times(part.width, element_bytes(part.element))));
  return total;
}

/// What row operators that can fail write exists twice.
std::vector<bool> shadowed_variables(const Plan& plan) {
  std::vector<bool> shadowed(plan.variables.size());
  for (const PlanStep& step : plan.steps) {
    if (step.kind != PlanStep::Kind::row || !step.table->can_fail) continue;
    for (std::size_t i = 0; i < step.ports.size(); ++i) {
      const bool is_written = step.table->ports[i].direction == Direction::out;
      if (is_written && step.ports[i].kind == PlanBinding::Kind::variable) shadowed[step.ports[i].index] = true;
    }
  }
  return shadowed;
}

std::uint64_t need(const Plan& plan, Extent extent) {
  const std::vector<bool> shadowed = shadowed_variables(plan);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < plan.variables.size(); ++i) {
    total = plus(total, times(shadowed[i] ? 2 : 1, variable_need(plan, plan.variables[i], extent)));
  }
  for (const PlanChild& child : plan.children) {
    const bool per_row = child.per_row_of != no_population;
    const std::uint64_t frames = per_row ? rows_of(plan.populations[child.per_row_of], extent) : child.count;
    total = plus(total, times(frames, need(*child.plan, extent)));
  }
  return total;
}

}  // namespace

std::uint64_t memory_need(const Plan& plan) { return need(plan, {}); }

std::uint64_t memory_from_the_start(const Plan& plan, bool with_objects) {
  return need(plan, {.capacity = false, .objects = with_objects});
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
