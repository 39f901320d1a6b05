#include "core/kernel/kernel-inl.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "operators/arithmetic/elementary.hpp"
#include "operators/arithmetic/run.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

HWY_INLINE Truths within(Reals x, Reals lower, Reals upper) noexcept { return (x >= lower) & (x <= upper); }
HWY_INLINE Truths is_nan(Reals x) noexcept { return !(x == x); }

/// The largest whole number <= x, for |x| < 2^51. Adding and subtracting 1.5 * 2^52 rounds to the nearest one.
constexpr double whole_number_limit = 0x1p51;
HWY_INLINE Reals whole_part(Reals x) noexcept {
  const Reals nearest = (x + 0x1.8p52) - 0x1.8p52;
  return select(nearest > x, nearest - 1.0, nearest);
}

/// See the operator reflect.
HWY_INLINE Reals reflect(Reals value, Reals lower, Reals upper) noexcept {
  const Truths ordered = lower <= upper;
  const Truths stays = within(value, lower, upper) | is_nan(value);
  if (!any(!(ordered & stays))) return value;

  const Truths below = value < lower;
  const Reals once = select(below, lower + (lower - value), upper - (value - upper));
  const Reals width = upper - lower;
  const Reals period = 2.0 * width;
  const Reals distance = select(below, lower - value, value - lower);
  const Reals periods = distance / period;
  const Reals rest = distance - whole_part(periods) * period;
  const Reals mirrored = select(rest <= width, lower + rest, upper - (rest - width));
  const Truths can_be_told = (period < infinity) & (periods < whole_number_limit);
  const Reals far = math::clamp(select(can_be_told, mirrored, value), lower, upper);
  const Reals near = select(within(once, lower, upper), once, far);
  return select(ordered, select(stays, value, near), math::clamp(value, lower, upper));
}

/// See the operator wrap.
HWY_INLINE Reals wrap(Reals value, Reals lower, Reals upper) noexcept {
  const Reals width = upper - lower;
  const Truths possible = (width > 0.0) & (width < infinity);
  const Truths stays = ((value >= lower) & (value < upper)) | is_nan(value);
  if (!any(!(possible & stays))) return value;

  const Reals periods = (value - lower) / width;
  const Truths can_be_told = (periods > -whole_number_limit) & (periods < whole_number_limit);
  const Reals moved = value - whole_part(periods) * width;
  const Reals wrapped = select(can_be_told & (moved >= lower) & (moved < upper), moved, lower);
  return select(possible, select(stays, value, wrapped), math::clamp(value, lower, upper));
}

template <class Formula, std::size_t... k>
HWY_INLINE void compute_run(const Run& run, Formula formula, std::index_sequence<k...>) noexcept {
  // Copies, because for all the compiler knows a vector that is stored may change `run`.
  const RunOperand::Reader operand[] = {run.operands[k].reader()...};
  double* const out = run.out;
  const std::size_t count = run.count;
  std::size_t first = 0;
  for (; first + 8 <= count; first += 8) formula(Reals::load(operand[k].at(first))...).store(out + first);
  if (first == count) return;
  const Part part(0, count - first);
  part.store(formula(part.load(operand[k].at(first))...), out + first);
}

template <std::size_t operands, class Formula>
void run_formula(const Run& run) {
  compute_run(run, Formula(), std::make_index_sequence<operands>());
}

template <class Formula>
RunFunction unary(Formula) {
  return &run_formula<1, Formula>;
}
template <class Formula>
RunFunction binary(Formula) {
  return &run_formula<2, Formula>;
}
template <class Formula>
RunFunction ternary(Formula) {
  return &run_formula<3, Formula>;
}

void run_power(const Run& run) {
  const RunOperand::Reader base = run.operands[0].reader();
  const RunOperand::Reader exponent = run.operands[1].reader();
  for (std::size_t i = 0; i < run.count; ++i) run.out[i] = skein::math::pow(*base.at(i), *exponent.at(i));
}

RunFunction function_of(Elementary formula) {
  switch (formula) {
    case Elementary::copy:
      return unary([](Reals a) SKEIN_INLINED { return a; });
    case Elementary::absolute:
      return unary([](Reals a) SKEIN_INLINED { return math::absolute(a); });
    case Elementary::sign:
      return unary([](Reals a) SKEIN_INLINED { return select(a > 0.0, 1.0, select(a < 0.0, -1.0, a)); });
    case Elementary::square_root:
      return unary([](Reals a) SKEIN_INLINED { return square_root(a); });
    case Elementary::exponential:
      return unary([](Reals a) SKEIN_INLINED { return math::exp(a); });
    case Elementary::logarithm:
      return unary([](Reals a) SKEIN_INLINED { return math::log(a); });
    case Elementary::sine:
      return unary([](Reals a) SKEIN_INLINED { return math::sin(a); });
    case Elementary::cosine:
      return unary([](Reals a) SKEIN_INLINED { return math::cos(a); });
    case Elementary::add:
      return binary([](Reals a, Reals b) SKEIN_INLINED { return a + b; });
    case Elementary::subtract:
      return binary([](Reals a, Reals b) SKEIN_INLINED { return a - b; });
    case Elementary::multiply:
      return binary([](Reals a, Reals b) SKEIN_INLINED { return a * b; });
    case Elementary::divide:
      return binary([](Reals a, Reals b) SKEIN_INLINED { return a / b; });
    case Elementary::power:
      return &run_power;
    case Elementary::minimum:
      return binary([](Reals a, Reals b) SKEIN_INLINED { return math::minimum(a, b); });
    case Elementary::maximum:
      return binary([](Reals a, Reals b) SKEIN_INLINED { return math::maximum(a, b); });
    case Elementary::clamp:
      return ternary([](Reals a, Reals lower, Reals upper) SKEIN_INLINED { return math::clamp(a, lower, upper); });
    case Elementary::reflect:
      return ternary([](Reals a, Reals lower, Reals upper) SKEIN_INLINED { return reflect(a, lower, upper); });
    case Elementary::wrap:
      return ternary([](Reals a, Reals lower, Reals upper) SKEIN_INLINED { return wrap(a, lower, upper); });
    case Elementary::uniform:
      return ternary([](Reals u, Reals lower, Reals upper) SKEIN_INLINED { return lower + u * (upper - lower); });
    case Elementary::normal:
      return ternary([](Reals z, Reals mean, Reals deviation) SKEIN_INLINED { return mean + deviation * z; });
  }
  return nullptr;
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(function_of);

/// Whether neighbouring rows of an operand follow the rows of a target with this stride, or all its numbers are one.
bool follows(const Operand& operand, std::size_t stride) noexcept {
  if (operand.row_stride == 0) return operand.element_stride == 0;
  return operand.row_stride == stride && (operand.element_stride == 1 || stride == 1);
}

/// Of a target whose rows follow each other without a gap, or with one of less than 8 numbers, in which what is written
/// is never seen.
bool is_one_run(const Target& target, std::initializer_list<Operand> operands) noexcept {
  const std::size_t stride = target.row_stride;
  if (stride != target.width && (stride % 8 != 0 || stride - target.width >= 8)) return false;
  return std::ranges::all_of(operands, [stride](const Operand& operand) { return follows(operand, stride); });
}

}  // namespace

void compute(Elementary formula, Rows rows, const Target& target, std::initializer_list<Operand> operands) noexcept {
  if (rows.count() == 0) return;
  const RunFunction function = HWY_DYNAMIC_DISPATCH(function_of)(formula);
  const bool one_run = is_one_run(target, operands);
  const std::size_t rows_per_run = one_run ? rows.count() : 1;
  Run run;
  run.count = (rows_per_run - 1) * target.row_stride + target.width;
  for (std::size_t row = rows.first; row < rows.last; row += rows_per_run) {
    run.out = target.data + row * target.row_stride;
    std::size_t k = 0;
    for (const Operand& operand : operands) {
      const double* numbers = operand.data + row * operand.row_stride;
      if (operand.element_stride != 0 || (one_run && operand.row_stride != 0)) {
        run.operands[k++].set_numbers(numbers);
      } else {
        run.operands[k++].set_one(*numbers);
      }
    }
    function(run);
  }
}

double compute(Elementary formula, std::initializer_list<double> operands) noexcept {
  double result = 0;
  Run run;
  run.out = &result;
  run.count = 1;
  std::size_t k = 0;
  for (const double operand : operands) run.operands[k++].set_one(operand);
  HWY_DYNAMIC_DISPATCH(function_of)(formula)(run);
  return result;
}

}  // namespace skein
#endif  // HWY_ONCE
