#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// target <- value, one value for the whole run of any type (a number, a boolean, a solution, a fitness).
///
/// `value` has the type of `target`: for a real target write 0.0, not 0. Columns take copy or fill_vector.
struct Assign {
  static constexpr std::string_view name = "assign";
  static constexpr std::string_view summary = "gives one variable of any type the value of another";

  struct Ports {
    OutBundle target;
    InBundle value;
  };
  static constexpr auto ports = std::tuple{out("target", &Ports::target, "T", "what gets the value"),
                                           in("value", &Ports::value, "T", "a variable, constant or expression")};

  static void run(const Ports& io, StepContext&) noexcept { io.target.copy_row(0, io.value, 0); }
};

}  // namespace

const OperatorTable& assign_operator() { return operator_table<Assign>(); }

}  // namespace skein
