#include <cstdint>

#include "operators/all.hpp"
#include "operators/arithmetic/components.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// selected <- when_true where condition holds, otherwise when_false, component by component.
///
/// What is not selected has no influence, NaN included. `selected` may be `when_true` or `when_false` itself.
/// Cost: one selection per component.
struct Select {
  static constexpr std::string_view name = "select";
  static constexpr std::string_view summary = "takes every component from one of two vectors";

  struct Ports {
    In<std::uint8_t> condition;
    In<double> when_true, when_false;
    Out<double> selected;
  };
  static constexpr auto ports = std::tuple{
      in("condition", &Ports::condition, "boolean[n,d]", "which one: for all, per row, per dimension or per component")
          .broadcast(),
      in("when_true", &Ports::when_true, "real[n,d]", "taken where the condition holds").broadcast(),
      in("when_false", &Ports::when_false, "real[n,d]", "taken elsewhere").broadcast(),
      out("selected", &Ports::selected, "real[n,d]", "what was taken").broadcast()};

  static double apply(std::uint8_t condition, double when_true, double when_false) noexcept {
    return condition != 0 ? when_true : when_false;
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    components::apply<Select>(context.rows(), io.selected, io.condition, io.when_true, io.when_false);
  }
};

}  // namespace

const OperatorTable& select_operator() { return operator_table<Select>(); }

}  // namespace skein
