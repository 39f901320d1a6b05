#include "problems/controller_tuning/tuning_objectives.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "problems/controller_tuning/tuning_evaluation.hpp"

namespace skein {
namespace {

/// An objective, and what its weight is called and where it stands; the cost has none of its own.
struct Entry {
  TuningObjective objective = TuningObjective::cost;
  std::string_view name;
  std::string_view weight_name;
  double CostWeights::*weight = nullptr;
};

constexpr std::array<Entry, most_tuning_objectives> entries = {
    {{TuningObjective::cost, "cost", "", nullptr},
     {TuningObjective::state_error, "state_error", "state_weight", &CostWeights::state_error},
     {TuningObjective::control_effort, "control_effort", "effort_weight", &CostWeights::control_effort},
     {TuningObjective::control_rate, "control_rate", "rate_weight", &CostWeights::control_rate},
     {TuningObjective::sliding_energy, "sliding_energy", "sliding_weight", &CostWeights::sliding_energy}}};

bool has_no_weight(const CostWeights& weights) {
  return std::ranges::all_of(
      entries, [&](const Entry& entry) { return entry.weight == nullptr || weights.*entry.weight == 0.0; });
}

const Entry& entry_of(TuningObjective objective) { return *std::ranges::find(entries, objective, &Entry::objective); }

std::string all_names() {
  std::string names;
  for (const Entry& entry : entries) names += (names.empty() ? "" : ", ") + std::string(entry.name);
  return names;
}

void report_unknown(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) names.emplace_back(entry.name);
  diagnostics.add({"bad-tuning", Severity::error, value.where, path, "There is no such objective.",
                   "one of: " + all_names(), "'" + value.text() + "'", nearest_name(value.text(), names)});
}

}  // namespace

std::string_view name_of(TuningObjective objective) { return entry_of(objective).name; }

std::vector<TuningObjective> tuning_objectives(const Value& value, Diagnostics& diagnostics) {
  const std::string path = "parameters/objectives";
  const std::string expected = "a list of names, such as [\"state_error\", \"control_effort\"]";
  const std::vector<TuningObjective> fallback = {TuningObjective::cost};
  const std::size_t before = diagnostics.error_count();
  std::vector<TuningObjective> objectives;
  if (!value.is_list()) {
    diagnostics.add({"wrong-type", Severity::error, value.where, path, "Objectives are a list of names.", expected,
                     std::string(value.kind_name()), ""});
    return fallback;
  }
  for (std::size_t i = 0; i < value.list().size(); ++i) {
    const Value& item = value.list()[i];
    const std::string place = path + "/" + std::to_string(i);
    if (!item.is_text()) {
      diagnostics.add({"wrong-type", Severity::error, item.where, place, "An objective is a name.",
                       "one of: " + all_names(), std::string(item.kind_name()), ""});
      continue;
    }
    const auto found = std::ranges::find(entries, item.text(), &Entry::name);
    if (found == entries.end()) {
      report_unknown(item, place, diagnostics);
    } else {
      objectives.push_back(found->objective);
    }
  }
  if (diagnostics.error_count() != before) return fallback;
  return objectives;
}

void check_objectives(const std::vector<TuningObjective>& objectives, const CostWeights& weights,
                      Diagnostics& diagnostics) {
  const auto report = [&](std::string path, std::string message, std::string expected, std::string found) {
    diagnostics.add({"bad-tuning",
                     Severity::error,
                     {},
                     "parameters/" + std::move(path),
                     std::move(message),
                     std::move(expected),
                     std::move(found),
                     ""});
  };
  if (objectives.empty()) report("objectives", "A tuning has an objective.", "at least one of: " + all_names(), "none");
  for (auto objective = objectives.begin(); objective != objectives.end(); ++objective) {
    const Entry& entry = entry_of(*objective);
    const std::string name = "'" + std::string(entry.name) + "'";
    if (std::find(objectives.begin(), objective, *objective) != objective) {
      report("objectives", "An objective is named twice.", "each one once", name);
    } else if (entry.weight != nullptr && weights.*entry.weight == 0.0) {
      report(std::string(entry.weight_name),
             "The objective " + name + " is 0 for all that stands, since its weight is.",
             std::string(entry.weight_name) + " > 0", "0.0");
    } else if (entry.weight == nullptr && has_no_weight(weights)) {
      report("state_weight", "The cost is 0 for all that stands, since all of its weights are.",
             "one of state_weight, effort_weight, rate_weight, sliding_weight > 0", "0.0 each");
    }
  }
}

CostWeights weights_of(TuningObjective objective, const CostWeights& weights) {
  const Entry& kept = entry_of(objective);
  CostWeights made = weights;
  if (kept.weight == nullptr) return made;
  for (const Entry& entry : entries) {
    if (entry.weight != nullptr && entry.weight != kept.weight) made.*entry.weight = 0.0;
  }
  return made;
}

}  // namespace skein
