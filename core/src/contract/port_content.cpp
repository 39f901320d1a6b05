#include "contract/port_content.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>

#include "contract/numbers.hpp"
#include "contract/single_operator_plan.hpp"
#include "skein/archive.hpp"
#include "skein/neighborhood.hpp"
#include "skein/random.hpp"
#include "skein/type.hpp"

namespace skein {
namespace {

constexpr double width_of_domain = 5;

/// Numbers in a cell; `T` stands for one real[d] and an integer.
std::size_t cell_width(const TypeName& type, const Shape& shape) {
  if (type.element == "fitness") return 1 + shape.objectives;
  if (type.is_variable()) return shape.dimension + 1;
  std::size_t width = 1;
  for (const std::string& axis : type.axes) width *= axis == "n" || axis == "m" ? 1 : axis_size(axis, shape.dimension);
  return width;
}

std::optional<ContractDomain> declared_domain(const PortSpec& port) {
  const bool has_minimum = std::isfinite(port.minimum);
  const bool has_maximum = std::isfinite(port.maximum);
  if (!has_minimum && !has_maximum) return std::nullopt;
  const double low = has_minimum ? port.minimum : port.maximum - width_of_domain;
  const double high = has_maximum ? port.maximum : port.minimum + width_of_domain;
  // Their difference has to be a number, too.
  return std::isfinite(high - low) ? ContractDomain{low, high} : ContractDomain{low / 2, high / 2};
}

/// Numbers of a declared domain, among them its ends.
std::vector<double> declared_numbers(const PortSpec& port, std::size_t count, std::uint64_t seed) {
  const ContractDomain domain = *declared_domain(port);
  std::vector<double> numbers = some_numbers(count, domain.low, domain.high, seed);
  if (numbers.size() > 2) {
    numbers.front() = domain.low;
    numbers.back() = domain.high;
  }
  if (!port.exclusive_minimum) return numbers;
  const double above = std::nextafter(domain.low, domain.high);
  for (double& number : numbers) number = std::max(number, above);
  return numbers;
}

/// Numbers of which each one in a cell has a domain of its own. One of eight is at either end, another one in each
/// cell.
std::vector<double> numbers_of_cells(const std::vector<ContractDomain>& domains, std::size_t count, std::size_t width,
                                     std::uint64_t seed) {
  std::vector<double> numbers = some_numbers(count, 0, 1, seed);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t place = i % width;
    const auto [low, high] =
        place < domains.size() ? domains[place] : ContractDomain{-width_of_domain, width_of_domain};
    const std::size_t turn = (i / width + place) % 8;
    numbers[i] = turn == 0 ? low : turn == 4 ? high : low + numbers[i] * (high - low);
  }
  return numbers;
}

std::vector<double> numbers_for(const PortSpec& port, const TypeName& type, const ContractInput& input,
                                const Shape& shape) {
  const std::size_t width = cell_width(type, shape);
  const std::size_t count = (type.is_column() ? shape.rows : 1) * width;
  const std::uint64_t seed = 31 * shape.rows + shape.dimension + hash_name(port.name);
  const auto given = input.domains.find(port.name);
  if (given != input.domains.end()) return some_numbers(count, given->second.low, given->second.high, seed);
  const auto of_cells = input.cell_domains.find(port.name);
  if (of_cells != input.cell_domains.end()) return numbers_of_cells(of_cells->second, count, width, seed);
  if (type.element == "index") return some_numbers(count, 0, static_cast<double>(shape.rows), seed);
  const bool is_number = type.element == "real" || type.element == "whole" || type.element == "integer";
  if (is_number && declared_domain(port)) return declared_numbers(port, count, seed);
  std::vector<double> numbers = some_numbers(count, -width_of_domain, width_of_domain, seed);
  if (type.element == "boolean" || type.element == "binary") {
    for (double& number : numbers) number = number > 0 ? 1 : 0;
  }
  // Whole numbers, so that ties occur; every violation is 0 or 1.
  if (type.element == "fitness") {
    for (std::size_t i = 0; i < count; ++i) {
      const bool is_violation = i % width == 0;
      numbers[i] = is_violation ? (numbers[i] > 0 ? 1 : 0) : std::floor(numbers[i]);
    }
  }
  return numbers;
}

}  // namespace

bool has_content(const PortSpec& port) {
  return port.kind == PortKind::bound && !port.variadic && port.type != "population" && port.type != "history" &&
         port.type != "memory" && port.type != Archive::type && !is_neighborhood(port);
}

bool is_neighborhood(const PortSpec& port) {
  const auto type = parse_type(port.type);
  return type && type->element == Neighborhood::type;
}

std::string unsupported_port(const PortSpec& port) {
  const std::string name = "port '" + std::string(port.name) + "'";
  if (port.kind == PortKind::callable) return "";
  if (port.variadic) return port.optional ? "" : name + " binds a list of variables.";
  const auto type = parse_type(port.type);
  const bool is_known =
      type->is_variable() ||
      std::ranges::count(
          std::initializer_list<std::string_view>{"real", "whole", "integer", "binary", "boolean", "index", "fitness",
                                                  "population", "neighborhood", "history", "memory", Archive::type},
          type->element) > 0;
  return is_known ? "" : name + " has the type '" + std::string(port.type) + "', of which nothing can be made here.";
}

std::vector<double> port_content(const PortSpec& port, const ContractInput& input, const Shape& shape) {
  const TypeName type = *parse_type(port.type);
  std::vector<double> numbers = numbers_for(port, type, input, shape);
  const bool is_truth = type.element == "boolean" || type.element == "binary";
  const bool is_whole = type.element == "whole" || type.element == "integer" || type.element == "index";
  const std::size_t width = cell_width(type, shape);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const bool is_integer_of_bundle = type.is_variable() && i % width == shape.dimension;
    // Adding 0 turns -0 into 0.
    if (is_whole || is_integer_of_bundle) numbers[i] = std::trunc(numbers[i]) + 0.0;
    if (is_truth) numbers[i] = numbers[i] != 0 ? 1 : 0;
  }
  return numbers;
}

std::string place_text(const PortSpec& port, std::size_t index, const Shape& shape) {
  const TypeName type = *parse_type(port.type);
  const std::size_t width = std::max<std::size_t>(cell_width(type, shape), 1);
  if (!type.is_column()) return "number " + std::to_string(index);
  return "row " + std::to_string(index / width) + ", number " + std::to_string(index % width);
}

}  // namespace skein
