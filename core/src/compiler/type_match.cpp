#include "compiler/type_match.hpp"

#include <cctype>
#include <charconv>

namespace skein::compiler {

namespace {

std::optional<std::size_t> literal_size(const std::string& axis) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(axis.data(), axis.data() + axis.size(), size);
  if (error != std::errc() || end != axis.data() + axis.size()) return std::nullopt;
  return size;
}

}  // namespace

std::vector<std::string> inner_axes(const TypeName& type) {
  return {type.axes.begin() + (type.is_column() ? 1 : 0), type.axes.end()};
}

std::optional<Mismatch> TypeMatch::bind_variable(const TypeName& type, const PortUse& use, std::size_t variable) {
  if (type.is_column() && use.broadcast != Broadcast::operand && !draft_.facts[variable].column) {
    return mismatch("shape-mismatch", type, variable, "takes a column of a population, not a global");
  }
  if (auto wrong = bind_cell(type, use, variable)) return wrong;
  return bind_rows(type, variable);
}

void TypeMatch::bind_population(const TypeName& type, std::size_t population) {
  if (type.argument == "n" && rows_ == no_population) rows_ = population;
  if (type.argument == "m" && other_rows_ == no_population) other_rows_ = population;
}

std::optional<Mismatch> TypeMatch::bind_rows(const TypeName& type, std::size_t variable) {
  const bool column = draft_.facts[variable].column;
  const std::size_t population = draft_.plan.variables[variable].population;
  if (!type.is_column()) {
    if (!column) return std::nullopt;
    return mismatch("shape-mismatch", type, variable, "takes one value for the whole run, not a column");
  }
  if (!column) return std::nullopt;  // an operand that broadcasts
  std::size_t& bound = type.axes.front() == "n" ? rows_ : other_rows_;
  if (bound == no_population) bound = population;
  if (bound == population) return std::nullopt;
  return mismatch("shape-mismatch", type, variable,
                  "takes a column of '" + draft_.plan.populations[bound].name + "', as the ports before it");
}

/// A whole number is a real one: it may be read as such, and nothing else may be written in its place.
bool TypeMatch::takes(const std::string& port, const std::string& variable, const PortUse& use) noexcept {
  return port == variable || (port == "real" && variable == "whole" && (!use.writes || use.as_real));
}

std::optional<Mismatch> TypeMatch::bind_cell(const TypeName& type, const PortUse& use, std::size_t variable) {
  const CellType& cell = draft_.facts[variable].type;
  if (type.is_variable()) {
    CellType seen = cell;
    if (use.as_real && seen.element == "whole") seen.element = "real";
    const auto [place, fresh] = cells_.try_emplace(type.element, seen);
    if (fresh || place->second == seen) return std::nullopt;
    return mismatch("type-mismatch", type, variable,
                    "must have the same type as the ports before it with " + type.element + ", " +
                        draft_.type_text(place->second, type.is_column()));
  }
  if (!takes(type.element, cell.element, use)) {
    const bool unrounded = use.writes && takes(type.element, cell.element, PortUse{});
    return mismatch("type-mismatch", type, variable,
                    unrounded ? "writes any real numbers, where only whole ones may stand" : "takes another type");
  }
  const bool object = draft_.facts[variable].object && cell.indexed_population != no_population;
  const bool unifies = type.argument != "k";  // a population that no other port speaks of
  if (unifies && (object || (type.element == "index" && !type.argument.empty()))) {
    std::size_t& bound = type.argument == "m" ? other_rows_ : rows_;
    if (bound == no_population) bound = cell.indexed_population;
    if (bound != cell.indexed_population) {
      return mismatch("type-mismatch", type, variable,
                      (object ? "speaks of '" : "takes rows of '") + draft_.plan.populations[bound].name +
                          "', as the ports before it");
    }
  }
  if (use.broadcast == Broadcast::operand && cell.sizes.empty()) return std::nullopt;
  const bool scalar_target = use.broadcast == Broadcast::target && cell.sizes.empty();
  const std::vector<std::size_t> ones(inner_axes(type).size(), 1);
  if (const auto problem = bind_axes(type, scalar_target ? ones : cell.sizes, variable))
    return mismatch("shape-mismatch", type, variable, *problem);
  return std::nullopt;
}

std::optional<std::string> TypeMatch::bind_axes(const TypeName& type, const std::vector<std::size_t>& sizes,
                                                std::size_t variable) {
  const std::vector<std::string> axes = inner_axes(type);
  if (axes.size() != sizes.size()) return "takes another number of axes";
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (const auto size = literal_size(axes[i])) {
      if (*size != sizes[i]) return "takes another size";
      continue;
    }
    const auto [place, fresh] = sizes_.try_emplace(axes[i], Size{sizes[i], variable});
    const Size& known = place->second;
    if (!fresh && known.size != sizes[i]) {
      return "takes " + axes[i] + " = " + std::to_string(known.size) + ", as '" +
             draft_.plan.variables[known.variable].name + "' at a port before it has, not " + std::to_string(sizes[i]);
    }
  }
  return std::nullopt;
}

Mismatch TypeMatch::mismatch(std::string code, const TypeName& type, std::size_t variable, std::string message) const {
  std::string found = "'" + draft_.plan.variables[variable].name + "', which is " + draft_.variable_text(variable);
  return {std::move(code), std::move(message), to_text(type), std::move(found)};
}

std::optional<CellType> TypeMatch::resolve(const TypeName& type) const {
  if (type.is_variable()) {
    const auto found = cells_.find(type.element);
    if (found == cells_.end()) return std::nullopt;
    return found->second;
  }
  CellType cell{type.element, no_population, {}};
  const bool object = draft_.registry.find_object_type(type.element) != nullptr;
  if (type.element == "index" || object) cell.indexed_population = type.argument == "m" ? other_rows_ : rows_;
  for (const std::string& axis : inner_axes(type)) {
    if (const auto size = literal_size(axis)) {
      cell.sizes.push_back(*size);
      continue;
    }
    const auto found = sizes_.find(axis);
    if (found == sizes_.end()) return std::nullopt;
    cell.sizes.push_back(found->second.size);
  }
  return cell;
}

std::vector<AxisSize> TypeMatch::axes() const {
  std::vector<AxisSize> result;
  for (const auto& [name, size] : sizes_) result.push_back({name, size.size});
  return result;
}

}  // namespace skein::compiler
