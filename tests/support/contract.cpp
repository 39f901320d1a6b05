#include "tests/support/contract.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "skein/type.hpp"
#include "tests/support/single_operator.hpp"

namespace skein::testing {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// A summary is a phrase: not empty, without a full stop at its end.
bool is_phrase(std::string_view text) { return text.size() >= 3 && text.back() != '.' && text.back() != ' '; }

void check_documented(const OperatorTable& table) {
  CHECK(is_name(table.name));
  CHECK(is_phrase(table.summary));
  CHECK(table.revision >= 1);
  for (const PortSpec& port : table.ports) {
    CAPTURE(port.name);
    CHECK(is_name(port.name));
    CHECK(is_phrase(port.summary));
    CHECK(parse_type(port.type).has_value());
  }
  for (const ParameterSpec& parameter : table.parameters) {
    CAPTURE(parameter.name);
    CHECK(is_name(parameter.name));
    CHECK(is_phrase(parameter.summary));
    CHECK(parameter.minimum <= parameter.maximum);
  }
  for (const StreamSpec& stream : table.streams) {
    CHECK((is_name(stream.name) || (stream.name.empty() && table.streams.size() == 1)));
    CHECK(is_phrase(stream.summary));
  }
  for (const std::string_view role : table.roles) CHECK(is_name(role));
}

bool has_content(const PortSpec& port) {
  return port.kind == PortKind::bound && port.type != "population" && !port.type.starts_with("neighborhood");
}

std::size_t cell_width(const TypeName& type, std::size_t dimension) {
  if (type.element == "fitness") return 2;
  if (type.is_variable()) return dimension + 1;
  std::size_t width = 1;
  for (const std::string& axis : type.axes) width *= axis == "d" ? dimension : 1;
  return width;
}

std::vector<double> numbers_for(const PortSpec& port, const ContractInput& input, std::size_t rows,
                                std::size_t dimension) {
  const auto type = parse_type(port.type);
  if (!type) return {};
  const std::size_t count = (type->is_column() ? rows : 1) * cell_width(*type, dimension);
  const std::uint64_t seed = 31 * rows + dimension + std::hash<std::string_view>()(port.name);
  const auto domain = input.domains.find(port.name);
  if (domain != input.domains.end()) return some_numbers(count, domain->second.low, domain->second.high, seed);
  if (type->element == "index") return some_numbers(count, 0, static_cast<double>(rows), seed);
  std::vector<double> numbers = some_numbers(count, -5, 5, seed);
  if (type->element == "boolean") {
    for (double& number : numbers) number = number > 0 ? 1 : 0;
  }
  // Whole numbers, so that ties occur; every violation is 0 or 1.
  if (type->element == "fitness") {
    for (std::size_t i = 0; i < count; ++i) numbers[i] = i % 2 == 0 ? (numbers[i] > 0 ? 1 : 0) : std::floor(numbers[i]);
  }
  return numbers;
}

class ContractCase {
 public:
  ContractCase(const OperatorTable& table, const ContractInput& input, std::size_t rows, std::size_t dimension,
               bool with_optional)
      : table_(table), input_(input), rows_(rows), dimension_(dimension), with_optional_(with_optional) {}

  [[nodiscard]] SingleOperator run(std::size_t threads, std::size_t tile_rows, bool in_pipeline) const {
    SingleOperator single(table_, rows_, dimension_);
    if (in_pipeline) single.in_pipeline();
    single.capacity(rows_ + 3).bundle({{Element::real, dimension_}, {Element::integer, 1}});
    for (const auto& [name, value] : input_.parameters) single.parameter(name, value);
    for (const PortSpec& port : table_.ports) {
      if (port.optional && !with_optional_) continue;
      if (has_content(port)) single.bind(port.name, numbers_for(port, input_, rows_, dimension_));
      if (port.type == "neighborhood") single.neighborhood(port.name, [](Neighborhood& ring) { ring.set_ring(1); });
    }
    RunOptions options;
    options.threads = threads;
    options.tile_rows = tile_rows;
    single.run(options);
    return single;
  }

  [[nodiscard]] bool is_shown(const PortSpec& port) const {
    return has_content(port) && (!port.optional || with_optional_);
  }

 private:
  const OperatorTable& table_;
  const ContractInput& input_;
  std::size_t rows_;
  std::size_t dimension_;
  bool with_optional_;
};

void check_case(const OperatorTable& table, const ContractInput& input, std::size_t rows, std::size_t dimension,
                bool with_optional) {
  CAPTURE(rows);
  CAPTURE(dimension);
  CAPTURE(with_optional);
  const ContractCase contract_case(table, input, rows, dimension, with_optional);
  const SingleOperator first = contract_case.run(1, 1, false);
  REQUIRE_FALSE(first.diagnostics().has_errors());
  REQUIRE_FALSE(first.result().error().has_value());
  const bool resizes = first.rows() != rows;

  for (const PortSpec& port : table.ports) {
    if (!contract_case.is_shown(port)) continue;
    CAPTURE(port.name);
    const std::vector<double> after = first.content(port.name);
    if (port.direction == Direction::in && !resizes) {
      // As they are stored: whole numbers are truncated.
      std::vector<double> before = numbers_for(port, input, rows, dimension);
      const auto type = parse_type(port.type);
      const std::size_t width = cell_width(*type, dimension);
      for (std::size_t i = 0; i < before.size(); ++i) {
        const bool is_key = type->is_variable() && i % width == dimension;
        if (type->element == "integer" || type->element == "index" || is_key) before[i] = std::trunc(before[i]) + 0.0;
      }
      CHECK(same_bits(before, after));
    }
    if (port.direction != Direction::in && !resizes) {
      CHECK(std::ranges::none_of(after, [](double value) { return std::isnan(value); }));
    }
  }

  for (const std::size_t threads : {1U, 2U, 4U}) {
    for (const std::size_t tile_rows : {1U, 3U, 64U}) {
      CAPTURE(threads);
      CAPTURE(tile_rows);
      const bool in_pipeline = tile_rows != 1 && table.kind != OperatorKind::step;
      const SingleOperator other = contract_case.run(threads, tile_rows, in_pipeline);
      REQUIRE_FALSE(other.result().error().has_value());
      for (const PortSpec& port : table.ports) {
        if (!contract_case.is_shown(port)) continue;
        CAPTURE(port.name);
        CHECK(same_bits(first.content(port.name), other.content(port.name)));
      }
    }
  }
}

}  // namespace

void check_contract(const OperatorTable& table, const ContractInput& input) {
  const std::string name(table.name);
  CAPTURE(name);
  check_documented(table);
  const bool has_optional = std::ranges::any_of(table.ports, [](const PortSpec& port) { return port.optional; });
  for (const std::size_t rows : {1U, 2U, 17U, 70U}) {
    for (const std::size_t dimension : input.dimensions) {
      check_case(table, input, rows, dimension, false);
      if (has_optional) check_case(table, input, rows, dimension, true);
    }
  }
}

}  // namespace skein::testing
