#include "core/kernel/kernel-inl.hpp"

#include <cstdint>

#include "core/kernel/truths-inl.hpp"
#include "operators/all.hpp"
#include "operators/arithmetic/element_rows.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// The ports are condition, when_true, when_false and selected.
void select_elements(const void*, const ElementPort* ports, std::size_t first, std::size_t count) {
  const ElementPort condition = ports[0];
  const ElementPort when_true = ports[1];
  const ElementPort when_false = ports[2];
  double* const selected = ports[3].at<double>(0);
  const std::size_t last = first + count;
  for (; first + 8 <= last; first += 8) {
    select(load_truths(condition.at<std::uint8_t>(first)), Reals::load(when_true.at<double>(first)),
           Reals::load(when_false.at<double>(first)))
        .store(selected + first);
  }
  for (; first < last; ++first) {
    selected[first] =
        *condition.at<std::uint8_t>(first) != 0 ? *when_true.at<double>(first) : *when_false.at<double>(first);
  }
}

ElementKernel select_kernel() { return &select_elements; }

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(select_kernel);

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

  static void run(const Ports& io, RowContext& context) noexcept {
    run_kernel(element_kernel(), context.rows(), io.selected.width(), 3,
               {io.condition, io.when_true, io.when_false, io.selected});
  }

  static ElementKernel element_kernel() noexcept { return HWY_DYNAMIC_DISPATCH(select_kernel)(); }
};

}  // namespace

const OperatorTable& select_operator() { return operator_table<Select>(); }

}  // namespace skein
#endif  // HWY_ONCE
