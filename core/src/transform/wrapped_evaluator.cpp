#include "transform/wrapped_evaluator.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "run/services.hpp"

namespace skein::transform {
namespace {

constexpr std::size_t most_ports = 16;

/// The table of an evaluator around another one, and all that it points to.
struct Wrapping {
  std::shared_ptr<const OperatorTable> inner;
  std::unique_ptr<const PositionMap> position_map;
  std::unique_ptr<const FitnessMap> fitness_map;
  std::size_t position_port = 0;
  std::size_t fitness_port = 0;
  std::vector<PortSpec> ports;  ///< those of the inner evaluator, then one for moved positions
  std::vector<StreamSpec> streams;
  std::deque<std::string> texts;  ///< names of ports and streams
  OperatorTable table;
};

/// What the calls of one node share: also what the inner evaluator has prepared.
struct Prepared {
  const Wrapping* wrapping;
  void* inner;
};

std::size_t find_port(const OperatorTable& table, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(table.ports, name, &PortSpec::name) - table.ports.begin());
}

void* prepare(const PrepareInput& given, Diagnostics& diagnostics) {
  const auto& wrapping = *static_cast<const Wrapping*>(given.user);
  const OperatorTable& inner = *wrapping.inner;
  if (inner.prepare == nullptr) return new Prepared{&wrapping, nullptr};
  PrepareInput input = given;
  input.user = inner.user;
  input.ports = given.ports.first(inner.ports.size());
  const std::size_t errors_before = diagnostics.error_count();
  void* prepared = inner.prepare(input, diagnostics);
  if (prepared == nullptr && diagnostics.error_count() != errors_before) return nullptr;
  return new Prepared{&wrapping, prepared};
}

void destroy_prepared(void* data) {
  const std::unique_ptr<Prepared> prepared(static_cast<Prepared*>(data));
  const OperatorTable& inner = *prepared->wrapping->inner;
  if (prepared->inner != nullptr && inner.destroy_prepared != nullptr) inner.destroy_prepared(prepared->inner);
}

void* create_resource(const void* data) {
  const auto& prepared = *static_cast<const Prepared*>(data);
  return prepared.wrapping->inner->create_resource(prepared.inner);
}

/// Calls the inner evaluator with the scratch memory, which begins with the first of the rows, as its positions.
void run_moved(const void* data, const PortView* ports, RowContext& context) {
  const auto& prepared = *static_cast<const Prepared*>(data);
  const Wrapping& wrapping = *prepared.wrapping;
  const std::size_t inner_ports = wrapping.inner->ports.size();
  const In<double> position(ports[wrapping.position_port]);
  double* moved = Scratch<double>(ports[inner_ports]).data;
  wrapping.position_map->move(position, context.rows(), moved);

  ColumnView column = ports[wrapping.position_port].parts[0];
  column.row_bytes = column.width * sizeof(double);
  // Rows are counted over the whole population, so the column would begin before the memory.
  const auto first_row = reinterpret_cast<std::uintptr_t>(moved) - context.rows().first * column.row_bytes;
  column.data = reinterpret_cast<std::byte*>(first_row);
  std::array<PortView, most_ports> views;
  std::copy_n(ports, inner_ports, views.begin());
  views[wrapping.position_port].parts = &column;
  wrapping.inner->run_rows(prepared.inner, views.data(), context);
}

/// Changes rows as soon as the inner evaluator says that they are written: who listens outside is told final values.
class ChangeAtOnce final : public RowListener {
 public:
  ChangeAtOnce(const Wrapping& wrapping, const PortView* ports, RowContext& context)
      : wrapping_(&wrapping),
        fitness_(ports[wrapping.fitness_port]),
        context_(&context),
        outer_(context.services().listener),
        is_changed_(context.rows().count(), false) {
    context.services().listener = this;
  }
  ChangeAtOnce(const ChangeAtOnce&) = delete;
  ChangeAtOnce& operator=(const ChangeAtOnce&) = delete;
  ~ChangeAtOnce() override { context_->services().listener = outer_; }

  void written(std::size_t row) noexcept override {
    change(row);
    outer_->written(row);
  }
  void change_others() noexcept {
    for (std::size_t row = context_->rows().first; row < context_->rows().last; ++row) {
      if (!is_changed_[row - context_->rows().first]) change(row);
    }
  }

 private:
  void change(std::size_t row) noexcept {
    is_changed_[row - context_->rows().first] = true;
    wrapping_->fitness_map->change(fitness_, {row, row + 1}, *context_, wrapping_->inner->streams.size());
  }

  const Wrapping* wrapping_;
  InOut<double> fitness_;
  RowContext* context_;
  RowListener* outer_;
  std::vector<bool> is_changed_;
};

void run_changed(const void* data, const PortView* ports, RowContext& context) {
  const auto& prepared = *static_cast<const Prepared*>(data);
  const Wrapping& wrapping = *prepared.wrapping;
  if (context.services().listener != nullptr) {
    ChangeAtOnce changes(wrapping, ports, context);
    wrapping.inner->run_rows(prepared.inner, ports, context);
    return changes.change_others();
  }
  const auto change = [&] {
    const InOut<double> fitness(ports[wrapping.fitness_port]);
    wrapping.fitness_map->change(fitness, context.rows(), context, wrapping.inner->streams.size());
  };
  try {
    wrapping.inner->run_rows(prepared.inner, ports, context);
  } catch (...) {
    // The rows that were finished are kept; what is in the others will be written again.
    change();
    throw;
  }
  change();
}

/// A table that says of itself what the inner one says.
std::shared_ptr<Wrapping> make_wrapping(std::shared_ptr<const OperatorTable> inner) {
  auto wrapping = std::make_shared<Wrapping>();
  wrapping->inner = std::move(inner);
  const OperatorTable& base = *wrapping->inner;
  wrapping->position_port = find_port(base, "position");
  wrapping->fitness_port = find_port(base, "fitness");
  wrapping->ports.assign(base.ports.begin(), base.ports.end());
  wrapping->streams.assign(base.streams.begin(), base.streams.end());

  OperatorTable& table = wrapping->table;
  table = base;
  table.struct_size = sizeof(OperatorTable);
  table.user = wrapping.get();
  table.element_kernel = nullptr;
  table.prepare = &prepare;
  table.destroy_prepared = &destroy_prepared;
  if (base.create_resource != nullptr) table.create_resource = &create_resource;
  return wrapping;
}

std::shared_ptr<const OperatorTable> finished(const std::shared_ptr<Wrapping>& wrapping) {
  wrapping->table.ports = wrapping->ports;
  wrapping->table.streams = wrapping->streams;
  return {wrapping, &wrapping->table};
}

/// The name, with a number where it is taken.
template <class Specs>
std::string free_name(const Specs& specs, std::string_view name) {
  std::string free(name);
  for (int number = 2; std::ranges::any_of(specs, [&](const auto& spec) { return spec.name == free; }); ++number) {
    free = std::string(name) + "_" + std::to_string(number);
  }
  return free;
}

}  // namespace

std::string not_wrappable(const OperatorTable& evaluator) {
  const std::size_t position = find_port(evaluator, "position");
  const std::size_t fitness = find_port(evaluator, "fitness");
  if (evaluator.kind != OperatorKind::row) return "its evaluator does not work on rows";
  if (std::max(position, fitness) >= evaluator.ports.size())
    return "its evaluator has no ports 'position' and 'fitness'";
  if (evaluator.ports[position].access != Access::own) return "its evaluator reads the positions of other rows";
  return evaluator.ports.size() < most_ports ? "" : "its evaluator has too many ports";
}

std::shared_ptr<const OperatorTable> wrapped_evaluator(std::shared_ptr<const OperatorTable> inner,
                                                       std::unique_ptr<const PositionMap> map) {
  auto wrapping = make_wrapping(std::move(inner));
  wrapping->position_map = std::move(map);
  PortSpec& position = wrapping->ports[wrapping->position_port];
  if (!position.type.starts_with("real[")) position.type = "real[n,d]";

  PortSpec moved;
  moved.name = wrapping->texts.emplace_back(free_name(wrapping->ports, "moved"));
  moved.type = position.type;
  moved.summary = "where the problem is evaluated";
  moved.kind = PortKind::scratch;
  wrapping->ports.push_back(moved);
  wrapping->table.run_rows = &run_moved;
  return finished(wrapping);
}

std::shared_ptr<const OperatorTable> wrapped_evaluator(std::shared_ptr<const OperatorTable> inner,
                                                       std::unique_ptr<const FitnessMap> map, std::string_view stream) {
  auto wrapping = make_wrapping(std::move(inner));
  wrapping->fitness_map = std::move(map);
  if (!stream.empty()) {
    for (StreamSpec& spec : wrapping->streams) {
      if (spec.name.empty()) spec.name = "objective";  // it is the only one no longer
    }
    const std::string& name = wrapping->texts.emplace_back(free_name(wrapping->streams, stream));
    wrapping->streams.push_back({name, "what is drawn for every row after it was evaluated"});
  }
  wrapping->table.run_rows = &run_changed;
  return finished(wrapping);
}

}  // namespace skein::transform
