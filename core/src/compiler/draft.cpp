#include "compiler/draft.hpp"

#include <array>
#include <limits>
#include <utility>

#include "skein/json.hpp"

namespace skein::compiler {

namespace {

constexpr std::array<std::pair<std::string_view, Element>, 6> elementary = {{{"real", Element::real},
                                                                             {"whole", Element::real},
                                                                             {"integer", Element::integer},
                                                                             {"binary", Element::binary},
                                                                             {"boolean", Element::boolean},
                                                                             {"index", Element::index}}};

/// More than any machine has, so that what is too large is found when memory is counted.
constexpr std::size_t most_elements = std::size_t{1} << 56U;

const Element* find_element(const std::string& name) noexcept {
  for (const auto& [candidate, element] : elementary) {
    if (candidate == name) return &element;
  }
  return nullptr;
}

std::vector<double> default_initial(const CellType& type) {
  if (type.element == "fitness") return {std::numeric_limits<double>::infinity()};
  if (type.element == "index") return {static_cast<double>(no_row)};
  return {0.0};
}

}  // namespace

bool is_elementary(const std::string& element) noexcept { return find_element(element) != nullptr; }

std::optional<ScalarType> scalar_type(const CellType& type) noexcept {
  if (!type.sizes.empty()) return std::nullopt;
  if (type.element == "real" || type.element == "whole") return ScalarType::real;
  if (type.element == "integer") return ScalarType::integer;
  if (type.element == "boolean" || type.element == "binary") return ScalarType::boolean;
  return std::nullopt;
}

std::size_t Draft::add_population(std::string name, std::size_t rows, std::size_t capacity) {
  plan.populations.push_back({std::move(name), rows, capacity});
  population_frames.push_back(frame);
  return plan.populations.size() - 1;
}

std::vector<Part> Draft::parts(const CellType& type) const {
  std::size_t width = 1;
  for (const std::size_t size : type.sizes) width = size > most_elements / width ? most_elements : width * size;
  if (const Element* element = find_element(type.element)) {
    return {{*element, width, *element == Element::index ? type.indexed_population : no_population}};
  }
  if (type.element == "fitness") return {{Element::real, 1 + problem.objectives.size(), no_population}};
  std::vector<Part> parts;
  if (type.element == encoding.solution) {
    for (const BundlePart& part : encoding.parts) {
      parts.push_back({part.element, part.per_dimension ? problem.dimension : 1, no_population});
    }
  }
  return parts;
}

std::size_t Draft::add_variable(std::string name, const CellType& type, std::size_t population, VariableFacts own_facts,
                                std::vector<double> initial) {
  PlanVariable result;
  result.name = std::move(name);
  result.population = population;
  own_facts.type = type;
  own_facts.column = population != no_population;
  own_facts.frame = own_facts.constant ? no_index : frame;
  if (const ObjectFactory factory = registry.find_object_type(type.element)) {
    result.create_object = factory;
    result.object_population = type.indexed_population;
    own_facts.object = true;
    own_facts.has_initial = true;
  } else {
    result.parts = parts(type);
    result.initial = initial.empty() ? default_initial(type) : std::move(initial);
    if (type.element == "fitness") own_facts.has_initial = true;
  }
  plan.variables.push_back(std::move(result));
  facts.push_back(std::move(own_facts));
  return plan.variables.size() - 1;
}

std::size_t Draft::constant(const Scalar& value) {
  static const std::array<std::string, 3> elements = {"boolean", "integer", "real"};
  const Value shown = value.type() == ScalarType::boolean   ? Value(value.as_boolean())
                      : value.type() == ScalarType::integer ? Value(value.as_integer())
                                                            : Value(value.as_real());
  const std::string name = "constant " + write_json(shown, JsonLayout::one_line);
  for (std::size_t i = 0; i < plan.variables.size(); ++i) {
    if (plan.variables[i].name == name) return i;
  }
  VariableFacts constant_facts;
  constant_facts.has_initial = true;
  constant_facts.constant = value;
  const CellType type{elements[static_cast<std::size_t>(value.type())], no_population, {}};
  return add_variable(name, type, no_population, constant_facts, {value.as_real()});
}

bool Draft::is_in_reach(std::size_t frames) const noexcept {
  std::size_t here = frame;
  while (here != frames && here != no_index) here = frame_sets[here].around;
  return here == frames;
}

bool Draft::is_shared(std::size_t frames) const noexcept {
  for (std::size_t here = frame; here != frames; here = frame_sets[here].around) {
    if (!frame_sets[here].single) return true;
  }
  return false;
}

std::size_t Draft::add_step(PlanStep step, const SourceLocation& where) {
  plan.steps.push_back(std::move(step));
  step_facts.push_back({where});
  return plan.steps.size() - 1;
}

void Draft::open(Mark mark) {
  if (!keeps_marks) return;
  mark.step = plan.steps.size();
  marks.push_back(std::move(mark));
}

void Draft::close() {
  if (keeps_marks) marks.push_back({Mark::Kind::close, plan.steps.size()});
}

std::string Draft::type_text(const CellType& type, bool column) const {
  TypeName name;
  name.element = type.element;
  if (type.indexed_population != no_population) name.argument = plan.populations[type.indexed_population].name;
  if (column) name.axes.emplace_back("n");
  for (const std::size_t size : type.sizes) name.axes.push_back(std::to_string(size));
  return to_text(name);
}

std::string Draft::variable_text(std::size_t variable) const {
  const VariableFacts& variable_facts = facts[variable];
  std::string text = type_text(variable_facts.type, variable_facts.column);
  if (variable_facts.column) text += " of " + plan.populations[plan.variables[variable].population].name;
  return text;
}

std::string Draft::columns_text(std::size_t population) const {
  std::string text;
  for (std::size_t i = 0; i < plan.variables.size(); ++i) {
    const PlanVariable& column = plan.variables[i];
    if (column.population != population || column.hidden) continue;
    const CellType& type = facts[i].type;
    std::string written = type_text(type, true);
    if (type.indexed_population == population) {
      const std::string& own_name = plan.populations[population].name;
      written.replace(written.find(own_name), own_name.size(), "itself");
    }
    const std::size_t name = plan.populations[population].name.size() + 1;
    text += (text.empty() ? "" : ", ") + column.name.substr(name) + ": " + written;
  }
  return text;
}

}  // namespace skein::compiler
