#include "documents/declaration_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "documents/component_reader.hpp"
#include "documents/findings.hpp"
#include "documents/object_reader.hpp"
#include "documents/utf8.hpp"

namespace skein {
namespace {

enum class VariablePlace { global, column, anywhere };

/// An initial value or a port's default: one number or boolean, or an expression.
std::optional<Value> read_scalar(const Value* value, const std::string& path, Diagnostics& diagnostics) {
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean() && !value->is_number() && !is_expression(*value)) {
    diagnostics.add(wrong_type_finding(*value, path, "a start value",
                                       R"(a number, a boolean or an expression that starts with "=")"));
  }
  return *value;
}

bool has_axis_n(const TypeName& type) { return !type.axes.empty() && type.axes.front() == "n"; }

/// A global has no rows, a column has them. Where the graph has ports that are columns, a variable may be either.
void check_axes(const TypeName& type, VariablePlace place, const Value& value, const std::string& path,
                Diagnostics& diagnostics) {
  const bool is_column = place == VariablePlace::column;
  const bool has_rows = has_axis_n(type);
  if (place == VariablePlace::anywhere && has_rows) return;
  if (is_column ? has_rows : !type.is_column()) return;
  Diagnostic diagnostic = finding("bad-type", value.where, path,
                                  is_column ? "the type of a column must have the axis n first"
                                            : "a column cannot stand among the variables: it belongs to a population");
  diagnostic.expected = is_column ? "a type such as real[n] or real[n,d]" : "a type without the axis n or m";
  diagnostic.found = in_quotes(to_text(type));
  if (is_column && type.axes.empty()) diagnostic.suggestion = to_text(type) + "[n]";
  diagnostics.add(std::move(diagnostic));
}

void read_variable_type(const Value& value, VariablePlace place, const std::string& path, GraphVariable& variable,
                        Diagnostics& diagnostics) {
  const std::optional<TypeName> type = read_type(value, path, diagnostics);
  if (!type) return;
  variable.type = *type;
  check_axes(*type, place, value, path, diagnostics);
}

/// The set of frames that have one of this each.
template <class Declaration>
void read_own_frames(ObjectReader& reader, Declaration& declared, Diagnostics& diagnostics) {
  const Value* frames = reader.optional("frames");
  if (frames == nullptr) return;
  declared.frames = read_text(*frames, reader.path_to("frames"), diagnostics).value_or("");
  declared.frames_where = frames->where;
}

GraphVariable read_variable(const Member& member, VariablePlace place, const std::string& path,
                            Diagnostics& diagnostics) {
  GraphVariable variable;
  variable.name = member.key;
  variable.where = member.key_where;
  if (!member.value.is_object()) {
    read_variable_type(member.value, place, path, variable, diagnostics);
    return variable;
  }
  ObjectReader reader(member.value, path, diagnostics);
  if (const Value* type = reader.required("type")) {
    read_variable_type(*type, place, reader.path_to("type"), variable, diagnostics);
  }
  variable.initial = read_scalar(reader.optional("initial"), reader.path_to("initial"), diagnostics);
  if (place != VariablePlace::column) read_own_frames(reader, variable, diagnostics);
  variable.summary = reader.text("summary", Presence::optional).value_or("");
  reader.finish();
  return variable;
}

std::vector<GraphVariable> read_columns(const Value* section, const std::string& path, Diagnostics& diagnostics) {
  std::vector<GraphVariable> columns;
  NameTable names("columns of a population");
  for (const Member& member : members_of(section, path, diagnostics)) {
    const std::string member_path = join_path(path, member.key);
    const std::size_t errors_before = diagnostics.error_count();
    names.add(member.key, member.key_where, member_path, diagnostics);
    columns.push_back(read_variable(member, VariablePlace::column, member_path, diagnostics));
    columns.back().faulty = diagnostics.error_count() != errors_before;
  }
  return columns;
}

void refuse_for_port(ObjectReader& reader, std::string_view key, std::string message, Diagnostics& diagnostics) {
  diagnostics.add(finding("misplaced-key", reader.optional(key)->where, reader.path_to(key), std::move(message)));
}

void read_port_object(const Value& value, const std::string& path, GraphPort& port, Diagnostics& diagnostics) {
  ObjectReader reader(value, path, diagnostics);
  if (const Value* type = reader.required("type")) {
    port.type = read_type(*type, reader.path_to("type"), diagnostics).value_or(TypeName{});
  }
  // What an in-port takes when nothing is bound to it; what other ports hold at first in a whole algorithm.
  const std::string_view initial = port.direction == Direction::in ? "default" : "initial";
  port.initial = read_scalar(reader.optional(initial), reader.path_to(initial), diagnostics);
  const Value* columns = reader.optional("columns");
  port.columns = read_columns(columns, reader.path_to("columns"), diagnostics);
  if (columns != nullptr && !port.type.element.empty() && port.type.element != "population") {
    refuse_for_port(reader, "columns", R"(only a port of the type "population" has columns)", diagnostics);
  }
  port.summary = reader.text("summary", Presence::optional).value_or("");
  reader.finish();
}

/// An integer from `least` on, or an expression.
Value read_count(const Value& value, const std::string& path, const char* what, std::int64_t least,
                 Diagnostics& diagnostics) {
  if (is_expression(value)) return value;
  if (value.is_integer()) {
    (void)read_integer(value, path, diagnostics, least, std::numeric_limits<std::uint32_t>::max());
  } else {
    diagnostics.add(wrong_type_finding(value, path, what, R"(an integer or an expression that starts with "=")"));
  }
  return value;
}

Value read_row_count(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  return read_count(value, path, "a number of rows", 0, diagnostics);
}

}  // namespace

std::vector<GraphPort> read_ports(const Value* section, const std::string& path, NameTable& names,
                                  Diagnostics& diagnostics) {
  std::vector<GraphPort> ports;
  if (section == nullptr) return ports;
  ObjectReader reader(*section, path, diagnostics);
  for (const auto& [key, direction] :
       {std::pair{"in", Direction::in}, std::pair{"out", Direction::out}, std::pair{"inout", Direction::inout}}) {
    const std::string group_path = reader.path_to(key);
    for (const Member& member : members_of(reader.optional(key), group_path, diagnostics)) {
      const std::string member_path = join_path(group_path, member.key);
      const std::size_t errors_before = diagnostics.error_count();
      names.add(member.key, member.key_where, member_path, diagnostics);
      GraphPort port;
      port.name = member.key;
      port.direction = direction;
      port.where = member.key_where;
      if (member.value.is_object()) {
        read_port_object(member.value, member_path, port, diagnostics);
      } else {
        port.type = read_type(member.value, member_path, diagnostics).value_or(TypeName{});
      }
      port.faulty = diagnostics.error_count() != errors_before;
      ports.push_back(std::move(port));
    }
  }
  reader.finish();
  return ports;
}

std::vector<GraphVariable> read_variables(const Value* section, const std::string& path,
                                          const std::vector<GraphPort>& ports, NameTable& names,
                                          Diagnostics& diagnostics) {
  const auto is_column = [](const GraphPort& port) { return has_axis_n(port.type); };
  const VariablePlace place = std::ranges::any_of(ports, is_column) ? VariablePlace::anywhere : VariablePlace::global;
  std::vector<GraphVariable> variables;
  for (const Member& member : members_of(section, path, diagnostics)) {
    const std::string member_path = join_path(path, member.key);
    const std::size_t errors_before = diagnostics.error_count();
    names.add(member.key, member.key_where, member_path, diagnostics);
    variables.push_back(read_variable(member, place, member_path, diagnostics));
    variables.back().faulty = diagnostics.error_count() != errors_before;
  }
  return variables;
}

std::vector<GraphFrames> read_frames(const Value* section, const std::string& path, NameTable& names,
                                     Diagnostics& diagnostics) {
  std::vector<GraphFrames> sets;
  for (const Member& member : members_of(section, path, diagnostics)) {
    const std::size_t errors_before = diagnostics.error_count();
    ObjectReader reader(member.value, join_path(path, member.key), diagnostics);
    names.add(member.key, member.key_where, reader.path(), diagnostics);
    GraphFrames frames;
    frames.name = member.key;
    frames.where = member.key_where;
    if (const Value* count = reader.optional("count")) {
      frames.count = read_count(*count, reader.path_to("count"), "a number of frames", 1, diagnostics);
    }
    frames.summary = reader.text("summary", Presence::optional).value_or("");
    reader.finish();
    frames.faulty = diagnostics.error_count() != errors_before;
    sets.push_back(std::move(frames));
  }
  return sets;
}

std::vector<GraphPopulation> read_populations(const Value* section, const std::string& path, NameTable& names,
                                              Diagnostics& diagnostics) {
  std::vector<GraphPopulation> populations;
  for (const Member& member : members_of(section, path, diagnostics)) {
    const std::size_t errors_before = diagnostics.error_count();
    ObjectReader reader(member.value, join_path(path, member.key), diagnostics);
    names.add(member.key, member.key_where, reader.path(), diagnostics);
    GraphPopulation population;
    population.name = member.key;
    population.where = member.key_where;
    if (const Value* rows = reader.required("rows")) {
      population.rows = read_row_count(*rows, reader.path_to("rows"), diagnostics);
    }
    if (const Value* capacity = reader.optional("capacity")) {
      population.capacity = read_row_count(*capacity, reader.path_to("capacity"), diagnostics);
    }
    read_own_frames(reader, population, diagnostics);
    const std::size_t errors_before_columns = diagnostics.error_count();
    population.columns = read_columns(reader.optional("columns"), reader.path_to("columns"), diagnostics);
    const std::size_t errors_of_columns = diagnostics.error_count() - errors_before_columns;
    reader.finish();
    population.faulty = diagnostics.error_count() != errors_before + errors_of_columns;
    populations.push_back(std::move(population));
  }
  return populations;
}

std::vector<GraphSlot> read_slots(const Value* section, const std::string& path, Diagnostics& diagnostics) {
  std::vector<GraphSlot> slots;
  for (const Member& member : members_of(section, path, diagnostics)) {
    const std::size_t errors_before = diagnostics.error_count();
    ObjectReader reader(member.value, join_path(path, member.key), diagnostics);
    check_name(member.key, member.key_where, reader.path(), diagnostics);
    GraphSlot slot;
    slot.name = member.key;
    slot.where = member.key_where;
    if (const Value* role = reader.required("role")) {
      slot.role = read_reference(*role, reader.path_to("role"), diagnostics);
    }
    slot.optional = reader.boolean("optional", Presence::optional).value_or(false);
    slot.many = reader.boolean("many", Presence::optional).value_or(false);
    if (const Value* initial = reader.optional("default")) {
      slot.initial = read_filler(*initial, reader.path_to("default"), diagnostics);
    }
    slot.summary = reader.text("summary", Presence::optional).value_or("");
    reader.finish();
    slot.faulty = diagnostics.error_count() != errors_before;
    slots.push_back(std::move(slot));
  }
  return slots;
}

}  // namespace skein
