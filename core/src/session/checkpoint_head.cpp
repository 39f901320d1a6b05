#include "session/checkpoint_head.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "documents/graph_document.hpp"
#include "session/plan_outline.hpp"
#include "skein/evaluation_journal.hpp"
#include "skein/json.hpp"
#include "skein/session.hpp"

namespace skein {
namespace {

void put(Object& object, std::string key, Value value) { object.push_back({std::move(key), {}, std::move(value)}); }

std::optional<std::string> text_at(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value != nullptr && value->is_text() ? std::optional(value->text()) : std::nullopt;
}

std::optional<double> number_at(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value != nullptr && value->is_number() ? std::optional(value->number()) : std::nullopt;
}

}  // namespace

CheckpointHead head_of(const Job& job, const Run& run, const std::string& every) {
  CheckpointHead head;
  head.document = write_run(job.document);
  head.origin = absolute_file(job.document.where.file);
  head.seed = run.seed();
  head.engine = SKEIN_VERSION;
  head.plugins = job.plugins;
  head.problem = problem_outline(job);
  head.plan = outline_of(*job.plan);
  head.every = every;
  if (job.options.journal != nullptr) head.journal = job.options.journal->file();
  const Result result = make_result(job, run);
  head.iterations = result.iterations;
  head.evaluations = run.evaluations();
  return head;
}

Value to_value(const CheckpointHead& head) {
  Object object;
  put(object, "iterations", Value(head.iterations));
  put(object, "evaluations", Value(head.evaluations));
  put(object, "seed", Value(std::to_string(head.seed)));
  put(object, "every", Value(head.every));
  if (!head.journal.empty()) put(object, "journal", Value(head.journal));
  if (!head.engine.empty()) put(object, "engine", Value(head.engine));
  List plugins;
  for (const UsedPlugin& plugin : head.plugins) {
    Object one;
    put(one, "name", Value(plugin.name));
    put(one, "version", Value(plugin.version));
    plugins.emplace_back(std::move(one));
  }
  put(object, "plugins", Value(std::move(plugins)));
  if (!head.problem.is_null()) put(object, "problem", head.problem);
  if (!head.plan.is_null()) put(object, "plan", head.plan);
  put(object, "origin", Value(head.origin));
  put(object, "document", head.document);
  return Value(std::move(object));
}

std::string absolute_file(const std::string& file) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(file, error);
  return error ? file : absolute.lexically_normal().string();
}

std::optional<CheckpointHead> head_from_text(std::string_view text, const std::string& file, FileKind kind,
                                             Diagnostics& diagnostics) {
  Diagnostics ignored;
  const auto value = parse_json(text, file, ignored);
  CheckpointHead head;
  const auto refuse = [&]() -> std::optional<CheckpointHead> {
    diagnostics.add(
        file_finding(kind, "corrupted", file,
                     "The " + std::string(kind.word) + " is damaged: its second line does not describe a run."));
    return std::nullopt;
  };
  if (!value || !value->is_object() || value->find("document") == nullptr) return refuse();
  const auto seed = text_at(*value, "seed");
  const auto origin = text_at(*value, "origin");
  const Value* plugins = value->find("plugins");
  if (!seed || !origin || plugins == nullptr || !plugins->is_list()) return refuse();
  head.document = *value->find("document");
  for (const auto& [key, place] : {std::pair("problem", &head.problem), std::pair("plan", &head.plan)}) {
    if (const Value* outline = value->find(key)) *place = *outline;
  }
  head.origin = *origin;
  head.seed = std::strtoull(seed->c_str(), nullptr, 10);
  head.engine = text_at(*value, "engine").value_or("");
  head.every = text_at(*value, "every").value_or("");
  head.journal = text_at(*value, "journal").value_or("");
  head.iterations = static_cast<std::int64_t>(number_at(*value, "iterations").value_or(0));
  head.evaluations = static_cast<std::uint64_t>(number_at(*value, "evaluations").value_or(0));
  for (const Value& plugin : plugins->list()) {
    head.plugins.push_back({text_at(plugin, "name").value_or(""), text_at(plugin, "version").value_or("")});
  }
  return head;
}

std::optional<ValueDifference> plugin_difference(const std::vector<UsedPlugin>& then,
                                                 const std::vector<UsedPlugin>& now) {
  const auto version = [](const std::vector<UsedPlugin>& plugins, const std::string& name) {
    const auto found = std::ranges::find(plugins, name, &UsedPlugin::name);
    return found == plugins.end() ? "nothing" : found->version;
  };
  for (const auto* plugins : {&then, &now}) {
    for (const UsedPlugin& plugin : *plugins) {
      const std::string before = version(then, plugin.name);
      const std::string after = version(now, plugin.name);
      if (before != after) return ValueDifference{"plugin " + plugin.name, before, after};
    }
  }
  return std::nullopt;
}

}  // namespace skein
