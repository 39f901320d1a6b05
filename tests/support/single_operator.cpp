#include "tests/support/single_operator.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "plan/pipelines.hpp"
#include "skein/operator.hpp"
#include "skein/random.hpp"
#include "skein/type.hpp"

namespace skein::testing {
namespace {

constexpr std::size_t swarm_index = 0;

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

std::unique_ptr<ObjectVariable> make_neighborhood() { return std::make_unique<Neighborhood>(); }

}  // namespace

struct Companion {
  static constexpr std::string_view name = "companion";
  static constexpr std::string_view summary = "does nothing";
  struct Ports {};
  static constexpr std::tuple<> ports{};
  static void run(const Ports&, RowContext&) noexcept {}
};

/// Makes the plan of a SingleOperator.
class PlanBuilder {
 public:
  explicit PlanBuilder(const SingleOperator& source) : source_(source) {}

  std::shared_ptr<Plan> build(Diagnostics& diagnostics) {
    const OperatorTable& table = source_.table_;
    plan_ = std::make_shared<Plan>();
    plan_->name = "single operator";
    plan_->dimension = source_.dimension_;
    plan_->populations = {{"swarm", source_.rows_, source_.capacity_}, {"other", source_.rows_, source_.capacity_}};

    PlanStep step;
    step.path = std::string(table.name);
    step.table = &table;
    step.kind = table.kind == OperatorKind::row        ? PlanStep::Kind::row
                : table.kind == OperatorKind::reducing ? PlanStep::Kind::reducing
                                                       : PlanStep::Kind::whole;
    if (table.kind != OperatorKind::step) step.population = swarm_index;
    for (const PortSpec& port : table.ports) step.ports.push_back(binding(port));
    for (const StreamSpec& stream : table.streams) {
      const auto pinned = source_.streams_.find(stream.name);
      const std::string name = pinned != source_.streams_.end() ? pinned->second
                               : stream.name.empty()            ? step.path
                                                                : step.path + "/" + std::string(stream.name);
      step.streams.push_back(plan_->streams.size());
      plan_->streams.push_back({name, hash_name(name)});
    }
    if (!prepare(step, diagnostics)) return nullptr;
    plan_->steps.push_back(std::move(step));
    if (source_.in_pipeline_) add_companion();
    return plan_;
  }

 private:
  /// An operator that does nothing goes first, so that the operator is called strip by strip.
  void add_companion() {
    PlanStep step;
    step.path = "companion";
    step.table = &operator_table<Companion>();
    step.population = swarm_index;
    plan_->steps.insert(plan_->steps.begin(), std::move(step));
    form_pipelines(*plan_);
  }

  bool prepare(PlanStep& step, Diagnostics& diagnostics) {
    const OperatorTable& table = source_.table_;
    std::vector<Value> parameters;
    for (const ParameterSpec& spec : table.parameters) {
      const auto given = source_.parameters_.find(spec.name);
      parameters.push_back(given != source_.parameters_.end() ? given->second : default_value(spec));
    }
    const std::vector<AxisSize> axes = {{"d", source_.dimension_}};
    const std::vector<BoundPort> ports = bound_ports(step);
    void* prepared = table.prepare({table.user, parameters, ports, axes, step.path}, diagnostics);
    if (diagnostics.has_errors()) return false;
    step.prepared = std::shared_ptr<const void>(
        prepared, [destroy = table.destroy_prepared](const void* data) { destroy(const_cast<void*>(data)); });
    return true;
  }

  std::vector<BoundPort> bound_ports(const PlanStep& step) const {
    std::vector<BoundPort> ports;
    for (const PlanBinding& binding : step.ports) {
      BoundPort port;
      port.bound = binding.kind != PlanBinding::Kind::none;
      if (binding.kind == PlanBinding::Kind::population) port.population = binding.index;
      if (binding.kind == PlanBinding::Kind::variable) port.population = plan_->variables[binding.index].population;
      port.rows = source_.rows_;
      port.capacity = source_.capacity_;
      ports.push_back(std::move(port));
    }
    return ports;
  }

  std::vector<Part> parts(const TypeName& type) const {
    if (type.is_variable()) return source_.bundle_;
    if (type.element == "fitness") return {{Element::real, 2}};
    Part part;
    if (type.element == "integer") part.element = Element::integer;
    if (type.element == "binary") part.element = Element::binary;
    if (type.element == "boolean") part.element = Element::boolean;
    if (type.element == "index") {
      part.element = Element::index;
      part.indexed_population = swarm_index;
    }
    for (const std::string& axis : type.axes) {
      if (axis == "n" || axis == "m") continue;
      part.width *= axis == "d" ? source_.dimension_ : static_cast<std::size_t>(std::atoi(axis.c_str()));
    }
    return {part};
  }

  static std::vector<double> initial(const PortSpec& port, const TypeName& type) {
    if (!port.initial.empty()) return {std::strtod(std::string(port.initial).c_str(), nullptr)};
    return {type.element == "fitness" ? std::numeric_limits<double>::infinity() : 0.0};
  }

  PlanBinding binding(const PortSpec& port) {
    if (port.type == "population") {
      return PlanBinding::to_population(populations_++ == 0 ? swarm_index : swarm_index + 1);
    }
    const auto given = source_.bindings_.find(port.name);
    const bool is_given = given != source_.bindings_.end();
    if (is_given && !given->second.shared_with.empty()) {
      for (std::size_t i = 0; i < plan_->variables.size(); ++i) {
        if (plan_->variables[i].name == given->second.shared_with) return PlanBinding::to_variable(i);
      }
      throw std::logic_error("a port can share only with one before it");
    }
    if (port.optional && !is_given) return {};

    const bool other_type = is_given && !given->second.type.empty();
    const auto type = parse_type(other_type ? given->second.type : port.type);
    if (!type) throw std::logic_error("bad type of port " + std::string(port.name));
    if (port.kind == PortKind::scratch) {
      PlanBinding scratch;
      scratch.kind = PlanBinding::Kind::scratch;
      scratch.scratch_parts = parts(*type);
      return scratch;
    }

    PlanVariable variable;
    variable.name = port.name;
    // A broadcast port whose default fills it takes a global.
    const bool by_default = !is_given && port.broadcast && !port.initial.empty();
    if (type->is_column() && !by_default) variable.population = swarm_index;
    if (type->element == "neighborhood") {
      variable.create_object = &make_neighborhood;
      variable.object_population = swarm_index;
    } else {
      variable.parts = parts(*type);
      if (by_default) variable.parts.front().width = 1;
      variable.initial = initial(port, *type);
    }
    const bool fails = source_.table_.kind == OperatorKind::row && source_.table_.can_fail;
    variable.shadowed = fails && port.direction == Direction::out;
    plan_->variables.push_back(std::move(variable));
    return PlanBinding::to_variable(plan_->variables.size() - 1);
  }

  const SingleOperator& source_;
  std::shared_ptr<Plan> plan_;
  std::size_t populations_ = 0;
};

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
  bindings_[std::string(port)] = {"", {}, "", std::move(arrange)};
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

void SingleOperator::run_once(const RunOptions& options) {
  const auto plan = PlanBuilder(*this).build(diagnostics_);
  if (plan == nullptr) return;
  run_ = std::make_unique<Run>(plan, options);
  for (const auto& [port, binding] : bindings_) {
    if (!binding.shared_with.empty()) continue;
    const PortView view = run_->variable(port).value();
    if (binding.arrange) binding.arrange(static_cast<Neighborhood&>(*view.object));
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
    case ParameterType::any:
      break;
  }
  return text;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) {
    return (std::isnan(x) && std::isnan(y)) || std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  });
}

std::vector<double> some_numbers(std::size_t count, double low, double high, std::uint64_t seed) {
  std::vector<double> numbers(count);
  for (double& number : numbers) {
    seed += 0x9e3779b97f4a7c15;
    number = low + static_cast<double>(mix_bits(seed) >> 11) * 0x1p-53 * (high - low);
  }
  return numbers;
}

}  // namespace skein::testing
