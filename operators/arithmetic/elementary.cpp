#include "core/kernel/kernel-inl.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "operators/arithmetic/elementary.hpp"

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

/// Reads an operand with one element per place.
struct EveryPlace {
  const double* numbers;
  HWY_INLINE explicit EveryPlace(const ElementPort& port) noexcept : numbers(port.at<double>(0)) {}
  HWY_INLINE Reals load(std::size_t first) const noexcept { return Reals::load(numbers + first); }
};

/// Reads an operand that is one number.
struct OneForAll {
  Reals number;
  HWY_INLINE explicit OneForAll(const ElementPort& port) noexcept : number(*port.at<double>(0)) {}
  HWY_INLINE Reals load(std::size_t) const noexcept { return number; }
};

/// Reads either.
struct AnyPlace {
  ElementPort port;
  HWY_INLINE explicit AnyPlace(const ElementPort& of) noexcept : port(of) {}
  HWY_INLINE Reals load(std::size_t first) const noexcept { return Reals::load(port.at<double>(first)); }
};

/// out(i) <- formula of reader(i)..., as long as there are eight; returns where the rest begins.
template <class Formula, class... Reader>
HWY_INLINE std::size_t compute_eights(double* out, std::size_t first, std::size_t last, Reader... reader) noexcept {
  const Formula formula;
  for (; first + 8 <= last; first += 8) formula(reader.load(first)...).store(out + first);
  return first;
}

/// compute_eights with a loop for each combination of operands that are one number and operands that are not.
template <class Formula, std::size_t operands, class... Reader>
HWY_INLINE std::size_t compute_quickly(const ElementPort* ports, double* out, std::size_t first, std::size_t last,
                                       Reader... reader) noexcept {
  constexpr std::size_t k = sizeof...(Reader);
  if constexpr (k == operands) {
    return compute_eights<Formula>(out, first, last, reader...);
  } else if (ports[k].mask == ElementPort::one_for_all) {
    return compute_quickly<Formula, operands>(ports, out, first, last, reader..., OneForAll(ports[k]));
  } else {
    return compute_quickly<Formula, operands>(ports, out, first, last, reader..., EveryPlace(ports[k]));
  }
}

enum class Cost { light, heavy };

/// ports[written](i) <- formula of ports[k](i)...
template <std::size_t written, class Formula, Cost cost, std::size_t... k>
HWY_INLINE void compute_run(const ElementPort* ports, std::size_t first, std::size_t count,
                            std::index_sequence<k...>) noexcept {
  double* const out = ports[written].at<double>(0);
  const std::size_t last = first + count;
  if constexpr (cost == Cost::light) {
    first = compute_quickly<Formula, sizeof...(k)>(ports, out, first, last);
  } else {
    first = compute_eights<Formula>(out, first, last, AnyPlace(ports[k])...);
  }
  if (first == last) return;
  const Part part(0, last - first);
  const Formula formula;
  part.store(formula(part.load(ports[k].template at<double>(first))...), out + first);
}

template <std::size_t operands, std::size_t written, class Formula, Cost cost>
void run_formula(const void*, const ElementPort* ports, std::size_t first, std::size_t count) {
  compute_run<written, Formula, cost>(ports, first, count, std::make_index_sequence<operands>());
}

void run_power(const void*, const ElementPort* ports, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    *ports[2].at<double>(i) = skein::math::pow(*ports[0].at<double>(i), *ports[1].at<double>(i));
  }
}

template <Cost cost = Cost::light, class Formula>
ElementKernel unary(Formula) {
  return &run_formula<1, 1, Formula, cost>;
}
template <class Formula>
ElementKernel binary(Formula) {
  return &run_formula<2, 2, Formula, Cost::light>;
}
template <Cost cost, class Formula>
ElementKernel ternary(Formula) {
  return &run_formula<3, 3, Formula, cost>;
}
template <Cost cost, class Formula>
ElementKernel in_place(Formula) {
  return &run_formula<3, 0, Formula, cost>;
}

ElementKernel kernel_of(Elementary formula) {
  switch (formula) {
    case Elementary::copy:
      return unary([](Reals a) SKEIN_INLINED { return a; });
    case Elementary::absolute:
      return unary([](Reals a) SKEIN_INLINED { return math::absolute(a); });
    case Elementary::sign:
      return unary([](Reals a) SKEIN_INLINED { return select(a > 0.0, 1.0, select(a < 0.0, -1.0, a)); });
    case Elementary::square_root:
      return unary<Cost::heavy>([](Reals a) SKEIN_INLINED { return square_root(a); });
    case Elementary::exponential:
      return unary<Cost::heavy>([](Reals a) SKEIN_INLINED { return math::exp(a); });
    case Elementary::logarithm:
      return unary<Cost::heavy>([](Reals a) SKEIN_INLINED { return math::log(a); });
    case Elementary::sine:
      return unary<Cost::heavy>([](Reals a) SKEIN_INLINED { return math::sin(a); });
    case Elementary::cosine:
      return unary<Cost::heavy>([](Reals a) SKEIN_INLINED { return math::cos(a); });
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
    case Elementary::multiply_add:
      return ternary<Cost::light>([](Reals a, Reals b, Reals c) SKEIN_INLINED { return a * b + c; });
    case Elementary::clamp:
      return in_place<Cost::light>([](Reals a, Reals lower, Reals upper)
                                       SKEIN_INLINED { return math::clamp(a, lower, upper); });
    case Elementary::reflect:
      return in_place<Cost::heavy>([](Reals a, Reals lower, Reals upper)
                                       SKEIN_INLINED { return reflect(a, lower, upper); });
    case Elementary::wrap:
      return in_place<Cost::heavy>([](Reals a, Reals lower, Reals upper)
                                       SKEIN_INLINED { return wrap(a, lower, upper); });
    case Elementary::uniform:
      return ternary<Cost::light>([](Reals u, Reals lower, Reals upper)
                                      SKEIN_INLINED { return lower + u * (upper - lower); });
    case Elementary::normal:
      return ternary<Cost::light>([](Reals z, Reals mean, Reals deviation)
                                      SKEIN_INLINED { return mean + deviation * z; });
  }
  return nullptr;
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(kernel_of);

bool works_in_place(Elementary formula) noexcept {
  return formula == Elementary::clamp || formula == Elementary::reflect || formula == Elementary::wrap;
}

}  // namespace

std::size_t operand_count(Elementary formula) noexcept {
  if (formula < Elementary::add) return 1;
  return formula < Elementary::multiply_add ? 2 : 3;
}

ElementKernel element_kernel(Elementary formula) noexcept { return HWY_DYNAMIC_DISPATCH(kernel_of)(formula); }

void compute(Elementary formula, Rows rows, const Target& target,
             std::initializer_list<ElementRows> operands) noexcept {
  const ElementKernel kernel = element_kernel(formula);
  const ElementRows* const of = operands.begin();
  if (works_in_place(formula)) return run_kernel(kernel, rows, target.width, 0, {target.rows, of[1], of[2]});
  switch (operands.size()) {
    case 1:
      return run_kernel(kernel, rows, target.width, 1, {of[0], target.rows});
    case 2:
      return run_kernel(kernel, rows, target.width, 2, {of[0], of[1], target.rows});
    default:
      return run_kernel(kernel, rows, target.width, 3, {of[0], of[1], of[2], target.rows});
  }
}

double compute(Elementary formula, std::initializer_list<double> operands) noexcept {
  double result = 0.0;
  ElementPort ports[4];
  double numbers[3];
  std::size_t k = 0;
  for (const double operand : operands) {
    numbers[k] = operand;
    ports[k] = {&numbers[k], ElementPort::every_place};
    ++k;
  }
  if (works_in_place(formula)) {
    element_kernel(formula)(nullptr, ports, 0, 1);
    return numbers[0];
  }
  ports[k] = {&result, ElementPort::every_place};
  element_kernel(formula)(nullptr, ports, 0, 1);
  return result;
}

}  // namespace skein
#endif  // HWY_ONCE
