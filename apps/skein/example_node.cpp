#include <optional>
#include <string_view>
#include <utility>

#include "apps/skein/example.hpp"
#include "apps/skein/output.hpp"
#include "skein/type.hpp"

namespace skein::tool {
namespace {

constexpr const char* own_population = "swarm";
constexpr const char* other_population = "others";

std::string text_of(const Value& details, std::string_view key) {
  const Value* value = details.find(key);
  return value != nullptr && value->is_text() ? value->text() : "";
}

bool is_set(const Value& details, std::string_view key) {
  const Value* value = details.find(key);
  return value != nullptr && !value->is_null() && (!value->is_boolean() || value->boolean());
}

void add_unless_empty(Object& object, std::string_view key, Object members) {
  if (!members.empty()) add(object, key, std::move(members));
}

/// A value for a parameter without default.
Value stand_in(const Value& parameter) {
  const std::string type = text_of(parameter, "type");
  if (type == "boolean") return true;
  if (type == "text") return "text";
  if (type == "choice") return parameter.find("choices")->list().front();
  const Value* minimum = parameter.find("minimum");
  if (minimum == nullptr || !minimum->is_number()) return 1;
  return is_set(parameter, "exclusive_minimum") ? Value(minimum->number() + 1) : *minimum;
}

/// Makes the node and collects what the graph around it must have.
class ExampleNode {
 public:
  explicit ExampleNode(const Object& details) : details_(details) {}

  Example make() {
    const std::string category = text_of(details_, "category");
    const std::string name = text_of(details_, "name");
    const bool is_role = category == "role";
    const char* key = is_role ? "slot" : text_of(details_, "kind") == "graph" ? "graph" : "operator";
    for (const Value& port : members("ports")) need(port, is_role);
    Object node;
    add(node, key, name);
    Object parameters;
    for (const Value& parameter : members("parameters")) {
      if (!is_set(parameter, "default")) add(parameters, text_of(parameter, "name"), stand_in(parameter));
    }
    add_unless_empty(node, "parameters", std::move(parameters));
    for (const auto& [direction, list] :
         {std::pair{"in", &in_}, std::pair{"out", &out_}, std::pair{"inout", &inout_}}) {
      add_unless_empty(node, direction, list->bindings);
    }
    Object slots;
    if (is_role) declare_slot(name, name);
    for (const Value& slot : members("slots")) pass_on(slot, slots);
    add_unless_empty(node, "slots", std::move(slots));
    return {node, document(name, node)};
  }

 private:
  /// Ports of the surrounding graph with one direction, and what binds the node's ports to them.
  struct Ports {
    Object declared;
    Object bindings;
  };

  [[nodiscard]] List members(std::string_view key) const {
    const Value* list = details_.find(key);
    return list == nullptr ? List{} : list->list();
  }

  void declare_slot(const std::string& name, const std::string& role) {
    Object slot;
    add(slot, "role", role);
    add(slots_, name, std::move(slot));
  }

  void pass_on(const Value& slot, Object& slots) {
    if (is_set(slot, "optional") || is_set(slot, "many") || is_set(slot, "default")) return;
    Object filler;
    add(filler, "slot", text_of(slot, "name"));
    add(slots, text_of(slot, "name"), std::move(filler));
    declare_slot(text_of(slot, "name"), text_of(slot, "role"));
  }

  Ports& ports_of(const std::string& direction) { return direction == "in" ? in_ : direction == "out" ? out_ : inout_; }

  /// What fills a slot finds the ports of its role by their names: then nothing is bound.
  void need(const Value& port, bool by_role) {
    if (is_set(port, "optional") || is_set(port, "default")) return;
    const std::string name = text_of(port, "name");
    Ports& ports = ports_of(text_of(port, "direction"));
    std::optional<TypeName> type = parse_type(text_of(port, "type"));
    if (!type) return;
    std::string bound = name;
    if (type->element == "population") {
      bound = std::exchange(population_seen_, true) ? other_population : own_population;
      Object& columns = bound == own_population ? own_columns_ : other_columns_;
      if (const Value* needed = port.find("columns")) {
        for (const Value& column : needed->list()) add(columns, text_of(column, "name"), text_of(column, "type"));
      }
      has_others_ = has_others_ || bound == other_population;
    } else {
      declare(name, make_concrete(*std::move(type)), ports);
    }
    if (by_role) return;
    add(ports.bindings, name, is_set(port, "variadic") ? Value(List{Value(bound)}) : Value(bound));
  }

  static std::string population_of(const std::string& axis) { return axis == "m" ? other_population : own_population; }

  static TypeName make_concrete(TypeName type) {
    if (type.is_variable() && type.element != "solution") type.element = "real";
    const bool speaks_of_rows = type.element == "index" || type.element == "neighborhood";
    if (speaks_of_rows) type.argument = population_of(type.argument);
    for (std::string& axis : type.axes) {
      const bool is_known = axis == "n" || axis == "m" || axis == "d";
      if (!is_known && axis.find_first_not_of("0123456789") != std::string::npos) axis = "3";
    }
    return type;
  }

  void declare(const std::string& name, TypeName type, Ports& ports) {
    has_own_ = has_own_ || type.argument == own_population;
    has_others_ = has_others_ || type.argument == other_population;
    if (!type.is_column()) return add(ports.declared, name, to_text(type));
    const std::string population = population_of(std::exchange(type.axes.front(), "n"));
    (population == own_population ? own_columns_ : other_columns_).push_back({name, {}, to_text(type)});
    has_own_ = has_own_ || population == own_population;
    has_others_ = has_others_ || population == other_population;
  }

  void declare_population(const char* name, bool needed, Object columns) {
    if (!needed) return;
    Object population;
    add(population, "type", "population");
    add_unless_empty(population, "columns", std::move(columns));
    inout_.declared.insert(inout_.declared.begin(), {name, {}, std::move(population)});
  }

  Value document(const std::string& name, const Object& node) {
    declare_population(other_population, has_others_, other_columns_);
    declare_population(own_population, has_own_ || population_seen_, own_columns_);
    Object ports;
    add_unless_empty(ports, "in", in_.declared);
    add_unless_empty(ports, "out", out_.declared);
    add_unless_empty(ports, "inout", inout_.declared);
    Object nodes;
    add(nodes, name, node);
    Object graph;
    add(graph, "format", "skein/1");
    add(graph, "graph", "example");
    add_unless_empty(graph, "ports", std::move(ports));
    add_unless_empty(graph, "slots", slots_);
    add(graph, "nodes", std::move(nodes));
    add(graph, "flow", List{Value(name)});
    return graph;
  }

  Value details_;
  Ports in_, out_, inout_;
  Object slots_;
  Object own_columns_, other_columns_;
  bool population_seen_ = false;  ///< as a port of the node
  bool has_own_ = false;
  bool has_others_ = false;
};

}  // namespace

Example example_node(const Object& details) { return ExampleNode(details).make(); }

}  // namespace skein::tool
