#include "core/kernel/kernel-inl.hpp"

#include "operators/all.hpp"
#include "operators/arithmetic/element_rows.hpp"
#include "operators/data/answers-inl.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

ElementKernel outside_kernel() {
  return kernel_of_question<3>([](Reals value, Reals lower, Reals upper)
                                   SKEIN_INLINED { return (value < lower) | (value > upper); });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(outside_kernel);

/// result <- whether value < lower or value > upper, component by component.
///
/// A NaN is on neither side of anything, so that for it the answer is no. Cost: two comparisons per component.
struct Outside {
  static constexpr std::string_view name = "outside";
  static constexpr std::string_view summary = "asks which components lie outside of an interval";

  struct Ports {
    In<double> value, lower, upper;
    Out<std::uint8_t> result;
  };
  static constexpr auto ports = std::tuple{
      in("value", &Ports::value, "real[n,d]", "what is looked at").broadcast(),
      in("lower", &Ports::lower, "real[n,d]", "lower limit: one for all, per row, per dimension or per component")
          .broadcast(),
      in("upper", &Ports::upper, "real[n,d]", "upper limit, >= lower").broadcast(),
      out("result", &Ports::result, "boolean[n,d]", "whether it lies outside").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    run_kernel(element_kernel(), context.rows(), io.result.width(), 3, {io.value, io.lower, io.upper, io.result});
  }

  static ElementKernel element_kernel() noexcept { return HWY_DYNAMIC_DISPATCH(outside_kernel)(); }
};

}  // namespace

const OperatorTable& outside_operator() { return operator_table<Outside>(); }

}  // namespace skein
#endif  // HWY_ONCE
