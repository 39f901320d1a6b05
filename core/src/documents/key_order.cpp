#include "documents/key_order.hpp"

#include <algorithm>
#include <span>
#include <string_view>

namespace skein {
namespace {

/// What a value of a document is, as far as it holds keys of the format.
enum class Shape {
  other,
  run,
  algorithm,
  problem,
  stop,
  stagnation,
  graph,
  parameter,
  ports,
  port,
  variable,
  frames,
  population,
  slot,
  component,
  filling,  ///< of a slot: a component, or named ones
  flow
};

struct KeyRule {
  std::string_view key;
  Shape value = Shape::other;
  bool named = false;  ///< the value is an object of names and values of that shape
};

constexpr KeyRule run_keys[] = {{"$schema"},
                                {"format"},
                                {"run"},
                                {"requires"},
                                {"algorithm", Shape::algorithm},
                                {"problem", Shape::problem},
                                {"seed"},
                                {"on_error"},
                                {"denormals"},
                                {"stop", Shape::stop},
                                {"memory"},
                                {"output"}};
constexpr KeyRule algorithm_keys[] = {
    {"name"}, {"file"}, {"graph", Shape::graph}, {"parameters"}, {"slots", Shape::filling, true}};
constexpr KeyRule problem_keys[] = {{"name"}, {"dimension"}, {"parameters"}, {"transform"}};
constexpr KeyRule stop_keys[] = {
    {"iterations"}, {"evaluations"}, {"target"}, {"target_error"}, {"stagnation", Shape::stagnation},
    {"diameter"},   {"seconds"}};
constexpr KeyRule stagnation_keys[] = {{"iterations"}, {"tolerance"}, {"relative"}};
constexpr KeyRule graph_keys[] = {{"$schema"},
                                  {"format"},
                                  {"graph"},
                                  {"summary"},
                                  {"revision"},
                                  {"requires"},
                                  {"parameters", Shape::parameter, true},
                                  {"ports", Shape::ports},
                                  {"variables", Shape::variable, true},
                                  {"frames", Shape::frames, true},
                                  {"populations", Shape::population, true},
                                  {"slots", Shape::slot, true},
                                  {"nodes", Shape::component, true},
                                  {"flow", Shape::flow}};
constexpr KeyRule parameter_keys[] = {{"type"}, {"default"}, {"minimum"}, {"maximum"}, {"choices"}, {"summary"}};
constexpr KeyRule ports_keys[] = {{"in", Shape::port, true}, {"out", Shape::port, true}, {"inout", Shape::port, true}};
constexpr KeyRule port_keys[] = {{"type"}, {"default"}, {"initial"}, {"columns", Shape::variable, true}, {"summary"}};
constexpr KeyRule variable_keys[] = {{"type"}, {"initial"}, {"frames"}, {"summary"}};
constexpr KeyRule frames_keys[] = {{"count"}, {"summary"}};
constexpr KeyRule population_keys[] = {{"rows"}, {"capacity"}, {"frames"}, {"columns", Shape::variable, true}};
constexpr KeyRule slot_keys[] = {{"role"}, {"optional"}, {"many"}, {"default", Shape::component}, {"summary"}};
constexpr KeyRule component_keys[] = {
    {"operator"}, {"graph", Shape::graph},        {"slot"}, {"revision"}, {"parameters"}, {"in"}, {"out"}, {"inout"},
    {"streams"},  {"slots", Shape::filling, true}};
constexpr KeyRule flow_keys[] = {{"loop", Shape::flow}, {"while"},    {"until"},    {"if"},     {"then", Shape::flow},
                                 {"else", Shape::flow}, {"for_each"}, {"parallel"}, {"repeat"}, {"order"},
                                 {"do", Shape::flow}};

std::span<const KeyRule> rules_of(Shape shape) {
  switch (shape) {
    case Shape::run:
      return run_keys;
    case Shape::algorithm:
      return algorithm_keys;
    case Shape::problem:
      return problem_keys;
    case Shape::stop:
      return stop_keys;
    case Shape::stagnation:
      return stagnation_keys;
    case Shape::graph:
      return graph_keys;
    case Shape::parameter:
      return parameter_keys;
    case Shape::ports:
      return ports_keys;
    case Shape::port:
      return port_keys;
    case Shape::variable:
      return variable_keys;
    case Shape::frames:
      return frames_keys;
    case Shape::population:
      return population_keys;
    case Shape::slot:
      return slot_keys;
    case Shape::component:
    case Shape::filling:
      return component_keys;
    case Shape::flow:
      return flow_keys;
    case Shape::other:
      break;
  }
  return {};
}

bool holds_a_key(const CommentedJson& object, std::span<const KeyRule> rules) {
  return std::ranges::any_of(object.entries, [rules](const CommentedJson& entry) {
    return std::ranges::find(rules, entry.key, &KeyRule::key) != rules.end();
  });
}

void order(CommentedJson& value, Shape shape);

void order_each(CommentedJson& container, Shape shape) {
  for (CommentedJson& entry : container.entries) order(entry, shape);
}

void order(CommentedJson& value, Shape shape) {
  const std::span<const KeyRule> rules = rules_of(shape);
  if (value.bracket == '[') return order_each(value, shape);
  if (value.bracket == 0 || rules.empty()) return;
  if (shape == Shape::filling && !holds_a_key(value, rules)) return order_each(value, Shape::component);
  const auto rank = [rules](const CommentedJson& entry) {
    return std::ranges::find(rules, entry.key, &KeyRule::key) - rules.begin();
  };
  std::ranges::stable_sort(value.entries, {}, rank);
  for (CommentedJson& entry : value.entries) {
    const auto rule = std::ranges::find(rules, entry.key, &KeyRule::key);
    if (rule == rules.end()) continue;
    if (rule->named) {
      order_each(entry, rule->value);
    } else {
      order(entry, rule->value);
    }
  }
}

}  // namespace

void order_keys(CommentedJson& document, DocumentKind kind) {
  order(document, kind == DocumentKind::graph ? Shape::graph : Shape::run);
}

}  // namespace skein
