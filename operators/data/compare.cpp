#include "core/kernel/kernel-inl.hpp"

#include "operators/all.hpp"
#include "operators/arithmetic/element_rows.hpp"
#include "operators/data/answers-inl.hpp"
#include "operators/data/relation.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

ElementKernel compare_kernel(Relation relation) {
  switch (relation) {
    case Relation::less:
      return kernel_of_question<2>([](Reals a, Reals b) SKEIN_INLINED { return a < b; });
    case Relation::less_or_equal:
      return kernel_of_question<2>([](Reals a, Reals b) SKEIN_INLINED { return a <= b; });
    case Relation::equal:
      return kernel_of_question<2>([](Reals a, Reals b) SKEIN_INLINED { return a == b; });
    case Relation::not_equal:
      return kernel_of_question<2>([](Reals a, Reals b) SKEIN_INLINED { return !(a == b); });
    case Relation::greater_or_equal:
      return kernel_of_question<2>([](Reals a, Reals b) SKEIN_INLINED { return a >= b; });
    case Relation::greater:
      return kernel_of_question<2>([](Reals a, Reals b) SKEIN_INLINED { return a > b; });
  }
  return nullptr;
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(compare_kernel);

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
    run_kernel(element_kernel(chosen), context.rows(), io.result.width(), 2, {io.first, io.second, io.result});
  }

  static ElementKernel element_kernel(const Parameters& chosen) noexcept {
    return HWY_DYNAMIC_DISPATCH(compare_kernel)(chosen.relation);
  }
};

}  // namespace

const OperatorTable& compare_operator() { return operator_table<Compare>(); }

}  // namespace skein
#endif  // HWY_ONCE
