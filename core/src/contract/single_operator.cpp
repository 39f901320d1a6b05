#include "contract/single_operator.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "compiler/parameters.hpp"
#include "contract/numbers.hpp"
#include "contract/single_operator_plan.hpp"
#include "skein/type.hpp"

namespace skein {
namespace {

double read(const std::byte* data, Element element) {
  switch (element) {
    case Element::real: {
      double value;
      std::memcpy(&value, data, sizeof value);
      return value;
    }
    case Element::integer: {
      std::int64_t value;
      std::memcpy(&value, data, sizeof value);
      return static_cast<double>(value);
    }
    case Element::index: {
      std::uint32_t value;
      std::memcpy(&value, data, sizeof value);
      return value;
    }
    case Element::binary:
    case Element::boolean:
      break;
  }
  return std::to_integer<int>(*data);
}

void write(std::byte* data, Element element, double value) {
  switch (element) {
    case Element::real:
      std::memcpy(data, &value, sizeof value);
      return;
    case Element::integer: {
      const auto integer = static_cast<std::int64_t>(value);
      std::memcpy(data, &integer, sizeof integer);
      return;
    }
    case Element::index: {
      const auto index = static_cast<std::uint32_t>(value);
      std::memcpy(data, &index, sizeof index);
      return;
    }
    case Element::binary:
    case Element::boolean:
      break;
  }
  *data = static_cast<std::byte>(value != 0);
}

/// Calls `visit(address, element)` for every element of a variable, in the order of contents.
template <class Visit>
void for_each_element(const PortView& view, Visit visit) {
  for (std::size_t row = 0; row < view.rows; ++row) {
    for (std::size_t part = 0; part < view.part_count; ++part) {
      const ColumnView& column = view.parts[part];
      for (std::size_t i = 0; i < column.width; ++i) {
        visit(column.data + row * column.row_bytes + i * element_bytes(column.element), column.element);
      }
    }
  }
}

}  // namespace

SingleOperator::SingleOperator(const OperatorTable& table, std::size_t rows, std::size_t dimension)
    : table_(table), rows_(rows), dimension_(dimension), capacity_(rows), bundle_{{Element::real, dimension}} {}

SingleOperator& SingleOperator::parameter(std::string_view name, Value value) {
  parameters_[std::string(name)] = std::move(value);
  return *this;
}

SingleOperator& SingleOperator::bind(std::string_view port, std::vector<double> content, std::string_view type) {
  bindings_[std::string(port)] = {std::string(type), std::move(content), "", nullptr};
  return *this;
}

SingleOperator& SingleOperator::share(std::string_view port, std::string_view with) {
  bindings_[std::string(port)] = {"", {}, std::string(with), nullptr};
  return *this;
}

SingleOperator& SingleOperator::bundle(std::vector<Part> parts) {
  bundle_ = std::move(parts);
  return *this;
}

SingleOperator& SingleOperator::stream(std::string_view stream, std::string_view name) {
  streams_[std::string(stream)] = name;
  return *this;
}

SingleOperator& SingleOperator::neighborhood(std::string_view port, std::function<void(Neighborhood&)> arrange) {
  return object(port,
                [arrange = std::move(arrange)](ObjectVariable& made) { arrange(static_cast<Neighborhood&>(made)); });
}

SingleOperator& SingleOperator::object(std::string_view port, std::function<void(ObjectVariable&)> arrange) {
  bindings_[std::string(port)].arrange = std::move(arrange);
  return *this;
}

SingleOperator& SingleOperator::in_pipeline() {
  in_pipeline_ = true;
  return *this;
}

SingleOperator& SingleOperator::capacity(std::size_t rows) {
  capacity_ = rows;
  return *this;
}

SingleOperator& SingleOperator::objectives(std::size_t count) {
  objectives_ = count;
  return *this;
}

SingleOperator& SingleOperator::run_once(const RunOptions& options) {
  const auto plan = SingleOperatorPlan(*this).build(diagnostics_);
  if (plan == nullptr) return *this;
  RunOptions without_recovery = options;
  without_recovery.emergency_recovery = false;  // a failure is to be seen as one
  run_ = std::make_unique<Run>(plan, without_recovery);
  for (const auto& [port, binding] : bindings_) {
    if (!binding.shared_with.empty()) continue;
    const PortView view = run_->variable(port).value();
    if (binding.arrange) binding.arrange(*view.object);
    const std::vector<double>& content = binding.content;
    if (content.empty()) continue;
    std::size_t count = 0;
    for_each_element(view, [&](std::byte* data, Element element) {
      write(data, element, content.size() == 1 ? content[0] : content.at(count));
      ++count;
    });
    if (content.size() != 1 && content.size() != count) {
      throw std::logic_error("content of port " + port + " has the wrong size");
    }
  }
  run_->advance();
  return *this;
}

SingleOperator& SingleOperator::run(const RunOptions& options) {
  std::vector<std::vector<double>> in_chain;
  if (table_.element_kernel != nullptr && !in_pipeline_) {
    in_pipeline_ = true;
    run_once(options);
    in_pipeline_ = false;
    if (diagnostics_.has_errors()) return *this;
    in_chain = written_contents();
  }
  run_once(options);
  if (!in_chain.empty() && !std::ranges::equal(in_chain, written_contents(), &same_bits)) {
    throw std::logic_error(std::string(table_.name) + " computes something else in a pipeline");
  }
  return *this;
}

std::vector<std::vector<double>> SingleOperator::written_contents() const {
  std::vector<std::vector<double>> contents;
  for (const PortSpec& port : table_.ports) {
    if (port.direction != Direction::in) contents.push_back(content(port.name));
  }
  return contents;
}

std::vector<double> SingleOperator::content(std::string_view port) const {
  const auto given = bindings_.find(port);
  const bool shared = given != bindings_.end() && !given->second.shared_with.empty();
  std::vector<double> content;
  for_each_element(run_->variable(shared ? given->second.shared_with : std::string(port)).value(),
                   [&](const std::byte* data, Element element) { content.push_back(read(data, element)); });
  return content;
}

const Neighborhood& SingleOperator::neighborhood(std::string_view port) const {
  return static_cast<const Neighborhood&>(*run_->variable(std::string(port)).value().object);
}

std::size_t SingleOperator::rows() const {
  for (const PlanVariable& variable : run_->plan().variables) {
    if (variable.population == swarm_index) return run_->variable(variable.name).value().rows;
  }
  return rows_;
}

Value default_value(const ParameterSpec& spec) {
  const std::string text(spec.initial);
  switch (spec.type) {
    case ParameterType::boolean:
      return text == "true";
    case ParameterType::integer:
      return std::int64_t{std::strtoll(text.c_str(), nullptr, 10)};
    case ParameterType::real:
    case ParameterType::reals:
      return std::strtod(text.c_str(), nullptr);
    case ParameterType::text:
    case ParameterType::choice:
      break;
    case ParameterType::any:
      return compiler::declared_value(spec.type, spec.initial);
  }
  return text;
}

}  // namespace skein
