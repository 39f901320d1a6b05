#include "session/checkpoint_head.hpp"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "documents/graph_document.hpp"
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
  std::error_code error;
  const std::filesystem::path origin = std::filesystem::absolute(job.document.where.file, error);
  head.origin = error ? job.document.where.file : origin.lexically_normal().string();
  head.seed = run.seed();
  head.plugins = job.plugins;
  head.every = every;
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
  List plugins;
  for (const UsedPlugin& plugin : head.plugins) {
    Object one;
    put(one, "name", Value(plugin.name));
    put(one, "version", Value(plugin.version));
    plugins.emplace_back(std::move(one));
  }
  put(object, "plugins", Value(std::move(plugins)));
  put(object, "origin", Value(head.origin));
  put(object, "document", head.document);
  return Value(std::move(object));
}

std::optional<CheckpointHead> head_from_text(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  Diagnostics ignored;
  const auto value = parse_json(text, file, ignored);
  CheckpointHead head;
  const auto refuse = [&]() -> std::optional<CheckpointHead> {
    diagnostics.add({"checkpoint-corrupted",
                     Severity::error,
                     {file, 0, 0},
                     "",
                     "The checkpoint is damaged: its second line does not describe a run.",
                     "",
                     "",
                     ""});
    return std::nullopt;
  };
  if (!value || !value->is_object() || value->find("document") == nullptr) return refuse();
  const auto seed = text_at(*value, "seed");
  const auto origin = text_at(*value, "origin");
  const Value* plugins = value->find("plugins");
  if (!seed || !origin || plugins == nullptr || !plugins->is_list()) return refuse();
  head.document = *value->find("document");
  head.origin = *origin;
  head.seed = std::strtoull(seed->c_str(), nullptr, 10);
  head.every = text_at(*value, "every").value_or("");
  head.iterations = static_cast<std::int64_t>(number_at(*value, "iterations").value_or(0));
  head.evaluations = static_cast<std::uint64_t>(number_at(*value, "evaluations").value_or(0));
  for (const Value& plugin : plugins->list()) {
    head.plugins.push_back({text_at(plugin, "name").value_or(""), text_at(plugin, "version").value_or("")});
  }
  return head;
}

std::string plugins_text(const std::vector<UsedPlugin>& plugins) {
  std::string text;
  for (const UsedPlugin& plugin : plugins) text += (text.empty() ? "" : ", ") + plugin.name + " " + plugin.version;
  return text;
}

}  // namespace skein
