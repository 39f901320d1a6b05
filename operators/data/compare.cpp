#include <cstdint>

#include "operators/all.hpp"
#include "operators/data/relation.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// result <- whether first `relation` second, component by component.
///
/// -0 equals 0. A NaN is neither less nor greater than anything and equal to nothing, so that only not_equal holds for
/// it. Cost: one comparison per component.
struct Compare {
  static constexpr std::string_view name = "compare";
  static constexpr std::string_view summary = "compares two vectors component by component";

  struct Ports {
    In<double> first, second;
    Out<std::uint8_t> result;
  };
  static constexpr auto ports =
      std::tuple{in("first", &Ports::first, "real[n,d]", "left of the relation").broadcast(),
                 in("second", &Ports::second, "real[n,d]", "right of the relation").broadcast(),
                 out("result", &Ports::result, "boolean[n,d]", "whether the relation holds").broadcast()};

  using Parameters = RelationParameter;
  static constexpr auto parameters = relation_parameter;

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    write_relation(context.rows(), io.result, chosen.relation, io.first, io.second);
  }
};

}  // namespace

const OperatorTable& compare_operator() { return operator_table<Compare>(); }

}  // namespace skein
