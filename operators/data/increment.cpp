#include <cstdint>
#include <limits>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// value <- value + by, one integer for the whole run.
///
/// Stays at the smallest or largest 64-bit integer where the sum is beyond it.
struct Increment {
  static constexpr std::string_view name = "increment";
  static constexpr std::string_view summary = "adds to a counter";

  struct Ports {
    InOut<std::int64_t> value;
    In<std::int64_t> by;
  };
  static constexpr auto ports =
      std::tuple{inout("value", &Ports::value, "integer", "the counter"),
                 in("by", &Ports::by, "integer", "what is added; may be negative").initial("1")};

  static void run(const Ports& io, StepContext&) noexcept {
    using Limits = std::numeric_limits<std::int64_t>;
    std::int64_t& value = io.value.value();
    const std::int64_t by = io.by.value();
    if (by >= 0) {
      value = value > Limits::max() - by ? Limits::max() : value + by;
    } else {
      value = value < Limits::min() - by ? Limits::min() : value + by;
    }
  }
};

}  // namespace

const OperatorTable& increment_operator() { return operator_table<Increment>(); }

}  // namespace skein
