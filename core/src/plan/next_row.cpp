#include "plan/next_row.hpp"

#include <array>
#include <cstdint>
#include <tuple>
#include <utility>

#include "skein/operator.hpp"

namespace skein {
namespace {

struct NextRowPorts {
  InOut<std::uint32_t> order;
  InOut<std::int64_t> position;
  Out<std::int64_t> row;
  Out<bool> more;
};

constexpr auto next_row_ports = std::tuple{
    inout("order", &NextRowPorts::order, "index<n>[n]", "the rows in the order of the pass").accepts_unwritten(),
    inout("position", &NextRowPorts::position, "integer", "how many of them are done or left out"),
    out("row", &NextRowPorts::row, "integer", "the row that is next"),
    out("more", &NextRowPorts::more, "boolean", "whether there is one")};

void take_next(const NextRowPorts& io) noexcept {
  const std::size_t count = io.order.rows();
  std::int64_t& position = io.position.value();
  while (static_cast<std::size_t>(position) < count && io.order.value(static_cast<std::size_t>(position)) >= count) {
    ++position;
  }
  io.more.value() = static_cast<std::size_t>(position) < count;
  io.row.value() = io.more.value() ? std::int64_t{io.order.value(static_cast<std::size_t>(position))} : -1;
  position = io.more.value() ? position + 1 : 0;
}

void begin_pass(const NextRowPorts& io) noexcept {
  for (std::size_t row = 0; row < io.order.rows(); ++row) io.order.value(row) = static_cast<std::uint32_t>(row);
}

struct NextRow {
  static constexpr std::string_view name = "next_row";
  static constexpr std::string_view summary = "goes from row to row";
  using Ports = NextRowPorts;
  static constexpr auto ports = next_row_ports;

  static void run(const Ports& io, StepContext&) noexcept {
    if (io.position.value() == 0) begin_pass(io);
    take_next(io);
  }
};

struct NextRandomRow {
  static constexpr std::string_view name = "next_random_row";
  static constexpr std::string_view summary = "goes from row to row, in an order that is drawn for every pass";
  using Ports = NextRowPorts;
  static constexpr auto ports = next_row_ports;
  static constexpr auto streams = std::array{StreamSpec{"", "the order of the rows"}};

  static void shuffle(const Ports& io, LaneGenerator& random) noexcept {
    for (std::size_t last = io.order.rows(); last > 1; --last) {
      std::uint64_t bits = 0;
      random.fill_bits(&bits, 1);
      std::swap(io.order.value(last - 1), io.order.value(static_cast<std::size_t>(uniform_index(bits, last))));
    }
  }

  static void run(const Ports& io, StepContext& context) noexcept {
    if (io.position.value() == 0) {
      begin_pass(io);
      shuffle(io, context.random(0));
    }
    take_next(io);
  }
};

}  // namespace

const OperatorTable& next_row_operator(bool in_random_order) {
  return in_random_order ? operator_table<NextRandomRow>() : operator_table<NextRow>();
}

}  // namespace skein
