#include "session/plan_outline.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "documents/graph_document.hpp"
#include "run/checksum.hpp"
#include "skein/text_file.hpp"

namespace skein {
namespace {

std::string digits_of(std::uint64_t number) {
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(number));
  return digits.data();
}

constexpr const char* problem_entry = "the problem of the document";

void add_steps(const Plan& plan, const std::string& prefix, List& steps) {
  for (const PlanPopulation& population : plan.populations) {
    steps.push_back(List{Value("population '" + prefix + population.name + "'"),
                         Value(std::to_string(population.rows) + " rows"), Value("")});
  }
  for (const PlanStep& step : plan.steps) {
    std::string name = step.table != nullptr
                           ? std::string(step.table->name) + " revision " + std::to_string(step.table->revision)
                           : std::string("control");
    steps.push_back(List{Value("node '" + prefix + step.path + "'"), Value(std::move(name)),
                         Value(digits_of(step.parameters_hash))});
    if (step.kind == PlanStep::Kind::children) {
      add_steps(*plan.children[step.child].plan, prefix + step.path + "/", steps);
    }
  }
}

/// Hashes of the files that texts among the problem's parameters name.
Object files_of(const Job& job) {
  Object files;
  const Value document = write_run(job.document);
  const Value* problem = document.find("problem");
  const Value* parameters = problem != nullptr ? problem->find("parameters") : nullptr;
  if (parameters == nullptr || !parameters->is_object()) return files;
  const std::filesystem::path folder = std::filesystem::path(job.document.where.file).parent_path();
  for (const Member& member : parameters->object()) {
    std::error_code error;
    const bool names_file =
        member.value.is_text() && std::filesystem::is_regular_file(folder / member.value.text(), error);
    Diagnostics ignored;
    const auto content = names_file ? read_text_file((folder / member.value.text()).string(), ignored) : std::nullopt;
    if (!content) continue;
    Checksum checksum;
    checksum.add(content->data(), content->size());
    files.push_back({member.value.text(), {}, Value(digits_of(checksum.value()))});
  }
  return files;
}

/// Text `place` of an entry; empty where a damaged file has none.
std::string text_of(const Value& step, std::size_t place) {
  const bool is_there = step.is_list() && place < step.list().size() && step.list()[place].is_text();
  return is_there ? step.list()[place].text() : "";
}

std::string step_difference(const Value& then, const Value& now) {
  const std::string path = text_of(then, 0);
  if (path != text_of(now, 0)) {
    return path + " in the checkpoint, where " + text_of(now, 0) + " is here";
  }
  if (text_of(then, 1) != text_of(now, 1)) {
    return path + ": " + text_of(then, 1) + " in the checkpoint, " + text_of(now, 1) + " here";
  }
  if (text_of(then, 2) == text_of(now, 2)) return "";
  return path == problem_entry ? path + " is another one" : path + " has other parameters";
}

}  // namespace

Value outline_of(const Plan& plan) {
  List steps;
  steps.push_back(List{Value(problem_entry), Value(""), Value(digits_of(plan.problem_hash))});
  add_steps(plan, "", steps);
  return Value(std::move(steps));
}

std::string outline_difference(const Value& then, const Value& now) {
  if (!then.is_list() || !now.is_list()) return "";
  const std::size_t both = std::min(then.list().size(), now.list().size());
  for (std::size_t i = 0; i < both; ++i) {
    std::string difference = step_difference(then.list()[i], now.list()[i]);
    if (!difference.empty()) return difference;
  }
  if (then.list().size() == now.list().size()) return "";
  return std::to_string(then.list().size()) + " nodes and populations in the checkpoint, " +
         std::to_string(now.list().size()) + " here";
}

Value problem_outline(const Job& job) {
  const Problem& problem = *job.problem;
  Checksum checksum;
  for (const PublishedValue& value : problem.published) {
    checksum.add(value.name.data(), value.name.size());
    checksum.add(value.data.data(), value.data.size() * sizeof(double));
  }
  Object outline;
  outline.push_back({"dimension", {}, Value(std::uint64_t{problem.dimension})});
  List objectives;
  for (const Objective& objective : problem.objectives) {
    objectives.emplace_back(objective.name + (objective.sense == Sense::minimize ? " minimized" : " maximized"));
  }
  outline.push_back({"objectives", {}, Value(std::move(objectives))});
  outline.push_back({"best_known", {}, problem.best_known ? Value(*problem.best_known) : Value()});
  outline.push_back({"published", {}, Value(digits_of(checksum.value()))});
  outline.push_back({"files", {}, Value(files_of(job))});
  return Value(std::move(outline));
}

std::optional<ValueDifference> problem_difference(const Value& then, const Value& now) {
  const Value* number = then.find("objectives");
  if (number == nullptr || !number->is_number()) return value_difference(then, now, "problem");
  Object counted = now.object();
  for (Member& member : counted) {
    if (member.key == "objectives") member.value = Value(std::uint64_t{member.value.list().size()});
  }
  return value_difference(then, Value(std::move(counted)), "problem");
}

}  // namespace skein
