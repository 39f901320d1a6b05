#include "documents/memory_reader.hpp"

#include "documents/findings.hpp"
#include "skein/memory_config.hpp"

namespace skein {
namespace {

/// The value in the form that its field has; nothing when it is wrong.
std::optional<Value> read_field(ObjectReader& reader, const ParameterSpec& spec) {
  if (spec.type == ParameterType::boolean) {
    const std::optional<bool> truth = reader.boolean(spec.name, Presence::optional);
    return truth ? std::optional(Value(*truth)) : std::nullopt;
  }
  if (spec.type == ParameterType::integer) {
    const auto number = reader.integer(spec.name, static_cast<std::int64_t>(spec.minimum),
                                       static_cast<std::int64_t>(spec.maximum), Presence::optional);
    return number ? std::optional(Value(*number)) : std::nullopt;
  }
  const auto number = reader.real(spec.name, {spec.minimum, spec.maximum}, Presence::optional);
  return number ? std::optional(Value(*number)) : std::nullopt;
}

}  // namespace

void read_memory(ObjectReader& run_reader, RunDocument& run, Diagnostics& diagnostics) {
  const Value* value = run_reader.optional("memory");
  if (value == nullptr) return;
  run.memory_where = value->where;
  ObjectReader reader(*value, run_reader.path_to("memory"), diagnostics);
  if (!reader.is_object()) return;
  Object fields;
  for (const ParameterSpec& spec : memory_config_specs()) {
    std::optional<Value> field = read_field(reader, spec);
    if (!field) continue;
    field->where = value->find(spec.name)->where;
    fields.push_back({std::string(spec.name), field->where, *std::move(field)});
  }
  reader.finish();
  const std::vector<MemoryViolation> found = violations(memory_config(fields));
  for (const MemoryViolation& violation : found) {
    const Value* at = value->find(violation.field);
    Diagnostic diagnostic = finding("memory-config", at != nullptr ? at->where : value->where,
                                    reader.path_to(violation.field), violation.message);
    diagnostic.expected = violation.expected;
    diagnostic.found = violation.found;
    diagnostics.add(std::move(diagnostic));
  }
  // What is wrong was said here; the operator that gets the fields would say it again.
  run.memory = found.empty() ? std::move(fields) : Object();
}

}  // namespace skein
