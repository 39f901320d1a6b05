#include "skein/schema.hpp"

#include <utility>

#include "documents/object_writer.hpp"
#include "documents/parameter_type_name.hpp"
#include "schema/component_schema.hpp"
#include "schema/schema_values.hpp"
#include "skein/memory_config.hpp"
#include "skein/transform.hpp"

namespace skein {

namespace {

using schema::any_of;
using schema::closed_object;
using schema::component_schema;
using schema::filler_schema;
using schema::names_of;
using schema::one_of_names;
using schema::parameters_schema;
using schema::reference;
using schema::slots_schema;
using schema::when_named;
using schema::with_description;

Value of_type(const char* type, std::string_view description = "") {
  Object members{{"type", {}, Value(type)}};
  return description.empty() ? Value(std::move(members)) : with_description(Value(std::move(members)), description);
}

Value of_types(const std::vector<const char*>& types, std::string_view description) {
  List list;
  for (const char* type : types) list.emplace_back(type);
  return with_description(Value(Object{{"type", {}, Value(std::move(list))}}), description);
}

Value text_with(const char* pattern, std::string_view description) {
  return with_description(Value(Object{{"type", {}, Value("string")}, {"pattern", {}, Value(pattern)}}), description);
}

/// An object with any names.
Value named(Value member, std::string_view description) {
  return with_description(Value(Object{{"type", {}, Value("object")}, {"additionalProperties", {}, std::move(member)}}),
                          description);
}

Value type_name() {
  List examples;
  for (const char* type :
       {"real", "integer", "boolean", "real[n]", "real[n,d]", "solution", "solution[n]", "whole[n,d]", "fitness",
        "fitness[n]", "index<swarm>[n]", "neighborhood<swarm>", "population"}) {
    examples.emplace_back(type);
  }
  Object type{{"description", {}, Value("element and axes: real[n,d]")},
              {"type", {}, Value("string")},
              {"examples", {}, Value(std::move(examples))}};
  return type;
}

Value variable(const char* description) {
  Value full = closed_object({{"type", {}, reference("type")},
                              {"initial", {}, of_types({"number", "boolean", "string"}, "value at the start")},
                              {"frames", {}, of_type("string", "the set of frames that have one each")},
                              {"summary", {}, of_type("string")}},
                             {"type"});
  return with_description(any_of({reference("type"), std::move(full)}), description);
}

Value port(const char* initial) {
  Value full =
      closed_object({{"type", {}, reference("type")},
                     {initial, {}, of_types({"number", "boolean", "string"}, "when nothing else gives a value")},
                     {"columns", {}, named(reference("variable"), "of a population: the columns that it must have")},
                     {"summary", {}, of_type("string")}},
                    {"type"});
  return any_of({reference("type"), std::move(full)});
}

Value parameter() {
  List types;
  for (const std::string& name : parameter_type_names()) types.emplace_back(name);
  return closed_object({{"type", {}, Value(Object{{"enum", {}, Value(std::move(types))}})},
                        {"default", {}, Value(Object{})},
                        {"minimum", {}, of_type("number")},
                        {"maximum", {}, of_type("number")},
                        {"choices", {}, Value(Object{{"type", {}, Value("array")}, {"items", {}, of_type("string")}})},
                        {"summary", {}, of_type("string")}},
                       {"type"});
}

Value population() {
  return closed_object({{"rows", {}, of_types({"integer", "string"}, "an integer or an expression")},
                        {"capacity", {}, of_types({"integer", "string"}, "what resizes may reach")},
                        {"frames", {}, of_type("string", "the set of frames that have one each")},
                        {"columns", {}, named(reference("variable"), "one cell per row")}},
                       {"rows"});
}

Value frames() {
  return closed_object({{"count", {}, of_types({"integer", "string"}, "an integer or an expression")},
                        {"summary", {}, of_type("string")}},
                       {});
}

Value slot_declaration(const Registry& registry) {
  std::vector<std::string> roles;
  for (const auto& entry : registry.roles()) roles.push_back(entry.name);
  return closed_object({{"role", {}, one_of_names(roles, "what may stand here")},
                        {"optional", {}, of_type("boolean")},
                        {"many", {}, of_type("boolean")},
                        {"default", {}, reference("filler")},
                        {"summary", {}, of_type("string")}},
                       {"role"});
}

Value flow_item() {
  Value loop = closed_object(
      {{"loop", {}, reference("flow")}, {"while", {}, reference("expression")}, {"until", {}, reference("expression")}},
      {"loop"});
  Value branch = closed_object(
      {{"if", {}, reference("expression")}, {"then", {}, reference("flow")}, {"else", {}, reference("flow")}},
      {"if", "then"});
  Value rows = closed_object({{"for_each", {}, of_type("string", "a population, row after row")},
                              {"order", {}, one_of_names({"given", "random"}, "random: a new one in every pass")},
                              {"do", {}, reference("flow")}},
                             {"for_each", "do"});
  Value side_by_side = closed_object(
      {{"parallel", {}, of_type("string", "frames, which go on where they were")}, {"do", {}, reference("flow")}},
      {"parallel", "do"});
  Value anew = closed_object(
      {{"repeat", {}, of_type("string", "frames, which begin anew")}, {"do", {}, reference("flow")}}, {"repeat", "do"});
  return any_of({of_type("string", "a node"), reference("flow"), std::move(loop), std::move(branch), std::move(rows),
                 std::move(side_by_side), std::move(anew)});
}

Value roles_of_graph(const Registry& registry) {
  std::vector<std::string> roles;
  for (const auto& entry : registry.roles()) roles.push_back(entry.name);
  return with_description(Value(Object{{"type", {}, Value("array")}, {"items", {}, one_of_names(roles, "a role")}}),
                          "roles of the slots that it is made to fill");
}

Object graph_members(const Registry& registry) {
  return {
      {"format", {}, reference("format")},
      {"graph", {}, with_description(reference("name"), "the name of the graph")},
      {"summary", {}, of_type("string")},
      {"revision", {}, of_type("integer", "raised when ports, defaults or numbers change")},
      {"requires", {}, named(of_type("string"), "plugins and version ranges")},
      {"roles", {}, roles_of_graph(registry)},
      {"parameters", {}, named(reference("parameter"), "what whoever uses the graph may choose")},
      {"ports",
       {},
       closed_object({{"in", {}, named(port("default"), "what it reads")},
                      {"out", {}, named(port("initial"), "what it writes")},
                      {"inout", {}, named(port("initial"), "what it changes")}})},
      {"variables", {}, named(reference("variable"), "one value for the whole graph")},
      {"frames", {}, named(reference("frames"), "instances of what names them, in which nodes run side by side")},
      {"populations", {}, named(reference("population"), "rows with columns")},
      {"slots", {}, named(reference("slot"), "open places")},
      {"nodes", {}, named(reference("component"), "what is done")},
      {"flow", {}, with_description(Value(Object{{"allOf", {}, Value(List{reference("flow")})}}), "in which order")}};
}

/// A list of objects with one key each: the parameters of the transform, or the first one alone.
Value transforms() {
  Object members;
  for (const TransformSpec& spec : transform_specs()) {
    Value parameters = parameters_schema(spec.parameters);
    Value first = parameters.find("properties")->object().front().value;
    put(members, std::string(spec.name),
        with_description(any_of({std::move(parameters), std::move(first)}), spec.summary));
  }
  Value one = closed_object(std::move(members));
  put(std::get<Object>(one.data), "minProperties", Value(1));
  put(std::get<Object>(one.data), "maxProperties", Value(1));
  return with_description(Value(Object{{"type", {}, Value("array")}, {"items", {}, std::move(one)}}),
                          "what is done to the problem, each around what stands before it");
}

Value problem(const Registry& registry) {
  std::vector<std::string> names;
  List details;
  for (const auto& entry : registry.problems()) {
    names.push_back(entry.name);
    Value parameters = parameters_schema(entry.content->parameters);
    Object properties;
    if (const Value* dimension = parameters.find("properties")->find("dimension")) {
      put(properties, "dimension", *dimension);
    }
    put(properties, "parameters", std::move(parameters));
    details.push_back(when_named("name", names_of(entry), std::move(properties)));
  }
  Value full = closed_object({{"name", {}, one_of_names(names, "a problem of the catalogue")},
                              {"dimension", {}, of_types({"integer", "string"}, "number of dimensions")},
                              {"parameters", {}, of_type("object")},
                              {"transform", {}, transforms()}},
                             {"name"});
  put(std::get<Object>(full.data), "allOf", Value(std::move(details)));
  return any_of({one_of_names(names, "a problem of the catalogue"), std::move(full)});
}

Value algorithm(const Registry& registry) {
  std::vector<std::string> names;
  List details;
  for (const auto& entry : registry.graphs()) {
    names.push_back(entry.name);
    Object properties;
    put(properties, "parameters", parameters_schema(entry.content->parameters));
    put(properties, "slots", slots_schema(registry, *entry.content));
    details.push_back(when_named("name", names_of(entry), std::move(properties)));
  }
  Value full = closed_object({{"name", {}, one_of_names(names, "a graph of the catalogue")},
                              {"file", {}, of_type("string", "a graph document beside this one")},
                              {"graph", {}, reference("graph_in_place")},
                              {"parameters", {}, of_type("object")},
                              {"slots", {}, of_type("object")}});
  put(std::get<Object>(full.data), "allOf", Value(std::move(details)));
  return any_of({one_of_names(names, "a graph of the catalogue"), std::move(full)});
}

Value error_policy() {
  Value retry = closed_object({{"retry", {}, of_type("integer")}}, {"retry"});
  return any_of(
      {Value(Object{{"enum", {}, Value(List{Value("abort"), Value("retry"), Value("worst")})}}), std::move(retry)});
}

Value stagnation() {
  return any_of(
      {of_type("integer", "iterations without an improvement"),
       closed_object({{"iterations", {}, of_type("integer", "without an improvement")},
                      {"tolerance", {}, of_type("number", "improvements up to it do not count; 0 unless given")},
                      {"relative", {}, of_type("boolean", "the tolerance is a fraction of the best value")}},
                     {"iterations"})});
}

Value stop() {
  return closed_object(
      {{"iterations", {}, of_type("integer", "passes of the main loop; 1000 unless given")},
       {"evaluations", {}, of_type("integer", "evaluated solutions")},
       {"target", {}, of_type("number", "a value of the problem")},
       {"target_error", {}, of_type("number", "a distance to the best known value")},
       {"stagnation", {}, stagnation()},
       {"diameter", {}, of_type("number", "distance of all from the best, per diagonal of the bounds")},
       {"seconds", {}, of_type("number", "of wall clock; such a run need not repeat")}});
}

Value run(const Registry& registry) {
  return closed_object({{"$schema", {}, of_type("string")},
                        {"format", {}, reference("format")},
                        {"run", {}, of_type("string", "a name, for reports")},
                        {"requires", {}, named(of_type("string"), "plugins and version ranges")},
                        {"algorithm", {}, algorithm(registry)},
                        {"problem", {}, problem(registry)},
                        {"seed", {}, of_type("integer", "of all random numbers; 1 unless given")},
                        {"on_error", {}, error_policy()},
                        {"denormals", {}, Value(Object{{"enum", {}, Value(List{Value("flush"), Value("keep")})}})},
                        {"stop", {}, stop()},
                        {"memory", {}, parameters_schema(memory_config_specs())},
                        {"output", {}, closed_object({{"file", {}, of_type("string")}}, {"file"})}},
                       {"format", "algorithm", "problem"});
}

Value graph_document(const Registry& registry) {
  Object members = graph_members(registry);
  members.insert(members.begin(), {"$schema", {}, of_type("string")});
  return closed_object(std::move(members), {"format", "graph", "nodes", "flow"});
}

Object definitions(const Registry& registry) {
  Object all;
  put(all, "format", Value(Object{{"enum", {}, Value(List{Value("skein/1")})}}));
  put(all, "name", text_with("^[a-z][a-z0-9_]*$", "a small letter, then small letters, digits and _"));
  put(all, "expression", text_with("^=", "an expression: = 2 * size"));
  put(all, "type", type_name());
  put(all, "input", of_types({"string", "number", "boolean"}, "a name, a number, a boolean or an expression"));
  put(all, "inputs", of_type("array", "a list of names, numbers and expressions"));
  put(all, "inputs_or_frames", of_types({"array", "string"}, "a list, or the name of what every frame of a set has"));
  put(all, "name_of_variable", of_type("string", "the name of a variable"));
  put(all, "names", of_type("array", "a list of names"));
  put(all, "names_or_frames", of_types({"array", "string"}, "a list of names, or what every frame of a set has"));
  put(all, "name_of_stream", of_type("string", "a name that other nodes can share to draw the same numbers"));
  put(all, "variable", variable("a type, or an object with more"));
  put(all, "parameter", parameter());
  put(all, "frames", frames());
  put(all, "population", population());
  put(all, "slot", slot_declaration(registry));
  put(all, "filler", filler_schema(registry));
  put(all, "component", component_schema(registry));
  put(all, "flow", Value(Object{{"type", {}, Value("array")}, {"items", {}, flow_item()}}));
  put(all, "graph_in_place", closed_object(graph_members(registry), {"graph", "nodes", "flow"}));
  put(all, "graph_document", graph_document(registry));
  put(all, "run", run(registry));
  return all;
}

}  // namespace

Value document_schema(const Registry& registry) {
  Object root;
  put(root, "$schema", Value("http://json-schema.org/draft-07/schema#"));
  put(root, "title", Value("Graph and run documents of Skein"));
  put(root, "if", Value(Object{{"required", {}, Value(List{Value("graph")})}}));
  put(root, "then", reference("graph_document"));
  put(root, "else", reference("run"));
  put(root, "definitions", Value(definitions(registry)));
  return root;
}

}  // namespace skein
