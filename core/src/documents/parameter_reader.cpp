// "parameters" of a graph document.
#include <algorithm>
#include <utility>

#include "documents/declaration_reader.hpp"
#include "documents/findings.hpp"
#include "documents/object_reader.hpp"
#include "documents/parameter_type_name.hpp"
#include "documents/utf8.hpp"

namespace skein {
namespace {

std::string join_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

bool has_range(ParameterType type) {
  return type == ParameterType::integer || type == ParameterType::real || type == ParameterType::reals;
}

void read_parameter_type(ObjectReader& reader, GraphParameter& parameter, Diagnostics& diagnostics) {
  const std::optional<std::string> text = reader.text("type");
  if (!text) return;
  if (const std::optional<ParameterType> type = parse_parameter_type(*text)) {
    parameter.type = *type;
    return;
  }
  const std::vector<std::string> known = parameter_type_names();
  Diagnostic diagnostic = finding("bad-type", reader.required("type")->where, reader.path_to("type"),
                                  in_quotes(*text) + " is no type of a parameter");
  diagnostic.expected = join_names(known);
  diagnostic.found = in_quotes(*text);
  diagnostic.suggestion = nearest_name(*text, known);
  diagnostics.add(std::move(diagnostic));
}

void refuse_key(ObjectReader& reader, std::string_view key, std::string message, Diagnostics& diagnostics) {
  if (const Value* value = reader.optional(key)) {
    diagnostics.add(finding("misplaced-key", value->where, reader.path_to(key), std::move(message)));
  }
}

void read_range(ObjectReader& reader, GraphParameter& parameter, Diagnostics& diagnostics) {
  if (!has_range(parameter.type)) {
    refuse_key(reader, "minimum", "only a parameter that is a number has a minimum", diagnostics);
    refuse_key(reader, "maximum", "only a parameter that is a number has a maximum", diagnostics);
    return;
  }
  parameter.minimum = reader.real("minimum", {}, Presence::optional);
  parameter.maximum = reader.real("maximum", {}, Presence::optional);
  if (parameter.minimum && parameter.maximum && *parameter.minimum > *parameter.maximum) {
    Diagnostic diagnostic = finding("out-of-range", reader.required("maximum")->where, reader.path_to("maximum"),
                                    "the maximum is smaller than the minimum");
    diagnostic.expected = "minimum <= maximum";
    diagnostics.add(std::move(diagnostic));
  }
}

void read_choices(ObjectReader& reader, GraphParameter& parameter, Diagnostics& diagnostics) {
  if (parameter.type != ParameterType::choice) {
    refuse_key(reader, "choices", R"(only a parameter of the type "choice" has choices)", diagnostics);
    return;
  }
  const List* list = reader.list("choices");
  if (list == nullptr) return;
  const std::string path = reader.path_to("choices");
  NameTable names("choices");
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string item_path = join_path(path, i);
    const std::optional<std::string> choice = read_text((*list)[i], item_path, diagnostics);
    if (!choice) continue;
    names.add(*choice, (*list)[i].where, item_path, diagnostics);
    parameter.choices.push_back(*choice);
  }
  if (list->empty()) {
    diagnostics.add(
        finding("out-of-range", reader.required("choices")->where, path, "there must be at least one choice"));
  }
}

void check_choice(const Value& value, const std::string& path, const std::vector<std::string>& choices,
                  Diagnostics& diagnostics) {
  const std::optional<std::string> text = read_text(value, path, diagnostics);
  if (!text || std::find(choices.begin(), choices.end(), *text) != choices.end()) return;
  Diagnostic diagnostic = finding("unknown-choice", value.where, path, in_quotes(*text) + " is not among the choices");
  diagnostic.expected = join_names(choices);
  diagnostic.found = in_quotes(*text);
  diagnostic.suggestion = nearest_name(*text, choices);
  diagnostics.add(std::move(diagnostic));
}

void check_reals(const Value& value, const std::string& path, const RealRules& rules, Diagnostics& diagnostics) {
  if (!value.is_list()) {
    (void)read_real(value, path, diagnostics, rules);
    return;
  }
  for (std::size_t i = 0; i < value.list().size(); ++i) {
    (void)read_real(value.list()[i], join_path(path, i), diagnostics, rules);
  }
}

/// Whether the default is a literal of the parameter's type and in its range; expressions are the compiler's business.
void check_default(const GraphParameter& parameter, const Value& value, const std::string& path,
                   Diagnostics& diagnostics) {
  if (is_expression(value)) return;
  RealRules rules;
  if (parameter.minimum) rules.minimum = *parameter.minimum;
  if (parameter.maximum) rules.maximum = *parameter.maximum;
  switch (parameter.type) {
    case ParameterType::boolean:
      (void)read_boolean(value, path, diagnostics);
      break;
    case ParameterType::integer:
      if (read_integer(value, path, diagnostics)) (void)read_real(value, path, diagnostics, rules);
      break;
    case ParameterType::real:
      (void)read_real(value, path, diagnostics, rules);
      break;
    case ParameterType::reals:
      check_reals(value, path, rules, diagnostics);
      break;
    case ParameterType::choice:
      check_choice(value, path, parameter.choices, diagnostics);
      break;
    case ParameterType::text: {
      const Value* literal = value.find("text");
      (void)read_text(literal != nullptr ? *literal : value, path, diagnostics);
      break;
    }
    case ParameterType::any:
      break;
  }
}

}  // namespace

std::vector<GraphParameter> read_parameters(const Value* section, const std::string& path, NameTable& names,
                                            Diagnostics& diagnostics) {
  std::vector<GraphParameter> parameters;
  for (const Member& member : members_of(section, path, diagnostics)) {
    const std::size_t errors_before = diagnostics.error_count();
    ObjectReader reader(member.value, join_path(path, member.key), diagnostics);
    names.add(member.key, member.key_where, reader.path(), diagnostics);
    GraphParameter parameter;
    parameter.name = member.key;
    parameter.where = member.key_where;
    read_parameter_type(reader, parameter, diagnostics);
    const Value* initial = reader.optional("default");
    read_range(reader, parameter, diagnostics);
    read_choices(reader, parameter, diagnostics);
    if (initial != nullptr) {
      parameter.initial = *initial;
      check_default(parameter, *initial, reader.path_to("default"), diagnostics);
    }
    parameter.summary = reader.text("summary", Presence::optional).value_or("");
    reader.finish();
    parameter.faulty = diagnostics.error_count() != errors_before;
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

}  // namespace skein
