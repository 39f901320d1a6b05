// Declaring an operator: from a plain struct to its OperatorTable.
//
//   struct Clamp {
//     static constexpr std::string_view name = "clamp";
//     static constexpr std::string_view summary = "limits every component to an interval";
//     struct Ports { InOut<double> value; In<double> lower, upper; };
//     static constexpr auto ports = std::tuple{
//         inout("value", &Ports::value, "real[n,d]", "limited in place").broadcast(),
//         in("lower", &Ports::lower, "real[n,d]", "lower limit").broadcast(),
//         in("upper", &Ports::upper, "real[n,d]", "upper limit, >= lower").broadcast()};
//     static void run(const Ports& io, RowContext& context) noexcept;
//   };
//   registry.add(operator_table<Clamp>());
//
// Further members, all optional: `source`, `revision`, `roles` (std::array of std::string_view), `streams` (std::array
// of StreamSpec), `Parameters` with `parameters` (std::tuple of parameter(…)), `thread_safe`, `reports_rows`,
// `strong_guarantee`, `Resource` with `create_resource`. `run` takes (io, context) or (io, parameters, context).
// - A row operator has `run(…, RowContext&)`; `noexcept` says that it cannot fail.
// - A step operator has `run(…, StepContext&)`, returning nothing or a StepOutcome; `noexcept` says that it cannot
// fail.
// - A reducing operator has a trivially copyable `Partial`, `map(io, [parameters,] context, Partial&)`,
//   `combine(Partial& into, const Partial& later)` and `finish(io, const Partial* total)`, all noexcept.
// An operator with checks that span parameters or ports has `static bool check([const Parameters&,] const
// PrepareInput&, Diagnostics&)`.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "skein/operator_table.hpp"

namespace skein {

/// A port as an operator declares it: its PortSpec and the member of `Ports` that shows it.
template <class Member>
struct DeclaredPort {
  PortSpec spec;
  Member member;

  /// Reads rows of other particles too (any row, gather).
  [[nodiscard]] constexpr DeclaredPort any() const {
    DeclaredPort copy = *this;
    copy.spec.access = Access::any;
    return copy;
  }
  /// A step operator's port: reads or writes all rows of a column.
  [[nodiscard]] constexpr DeclaredPort whole() const {
    DeclaredPort copy = *this;
    copy.spec.access = Access::whole;
    return copy;
  }
  [[nodiscard]] constexpr DeclaredPort optional() const {
    DeclaredPort copy = *this;
    copy.spec.optional = true;
    return copy;
  }
  /// Also takes less than its type says: in-ports any of real[n], real[d] and real for real[n,d], written ports
  /// real[n].
  [[nodiscard]] constexpr DeclaredPort broadcast() const {
    DeclaredPort copy = *this;
    copy.spec.broadcast = true;
    return copy;
  }
  [[nodiscard]] constexpr DeclaredPort variadic() const {
    DeclaredPort copy = *this;
    copy.spec.variadic = true;
    return copy;
  }
  /// May be bound to a variable that nothing has written yet: a memory that this operator itself fills.
  [[nodiscard]] constexpr DeclaredPort accepts_unwritten() const {
    DeclaredPort copy = *this;
    copy.spec.accepts_unwritten = true;
    return copy;
  }
  /// Default of an in-port or initial value of a hidden one, as document text: "0.5" or "=1/d".
  [[nodiscard]] constexpr DeclaredPort initial(std::string_view text) const {
    DeclaredPort copy = *this;
    copy.spec.initial = text;
    return copy;
  }
  [[nodiscard]] constexpr DeclaredPort unit(std::string_view text) const {
    DeclaredPort copy = *this;
    copy.spec.unit = text;
    return copy;
  }
};

namespace detail {
template <class Member>
constexpr DeclaredPort<Member> declare_port(std::string_view name, Member member, std::string_view type,
                                            std::string_view summary, Direction direction, PortKind kind) {
  PortSpec spec;
  spec.name = name;
  spec.type = type;
  spec.summary = summary;
  spec.direction = direction;
  spec.kind = kind;
  return {spec, member};
}
}  // namespace detail

template <class Member>
constexpr auto in(std::string_view name, Member member, std::string_view type, std::string_view summary) {
  return detail::declare_port(name, member, type, summary, Direction::in, PortKind::bound);
}
template <class Member>
constexpr auto out(std::string_view name, Member member, std::string_view type, std::string_view summary) {
  return detail::declare_port(name, member, type, summary, Direction::out, PortKind::bound);
}
template <class Member>
constexpr auto inout(std::string_view name, Member member, std::string_view type, std::string_view summary) {
  return detail::declare_port(name, member, type, summary, Direction::inout, PortKind::bound);
}
/// A variable of the operator's own, kept between calls: one per node and frame.
template <class Member>
constexpr auto hidden(std::string_view name, Member member, std::string_view type, std::string_view summary) {
  return detail::declare_port(name, member, type, summary, Direction::inout, PortKind::hidden);
}
template <class Member>
constexpr auto scratch(std::string_view name, Member member, std::string_view type, std::string_view summary) {
  return detail::declare_port(name, member, type, summary, Direction::out, PortKind::scratch);
}

/// A parameter as an operator declares it. The member is a bool, std::int64_t, double, std::string, or an enum whose
/// enumerators are numbered from 0 in the order of `choices`.
template <class Member>
struct DeclaredParameter {
  ParameterSpec spec;
  Member member;

  [[nodiscard]] constexpr DeclaredParameter range(double minimum, double maximum) const {
    DeclaredParameter copy = *this;
    copy.spec.minimum = minimum;
    copy.spec.maximum = maximum;
    return copy;
  }
  [[nodiscard]] constexpr DeclaredParameter minimum(double value) const {
    DeclaredParameter copy = *this;
    copy.spec.minimum = value;
    return copy;
  }
  /// Greater than zero.
  [[nodiscard]] constexpr DeclaredParameter positive() const {
    DeclaredParameter copy = *this;
    copy.spec.minimum = 0;
    copy.spec.exclusive_minimum = true;
    return copy;
  }
  [[nodiscard]] constexpr DeclaredParameter choices(std::string_view text) const {
    DeclaredParameter copy = *this;
    copy.spec.choices = text;
    return copy;
  }
  [[nodiscard]] constexpr DeclaredParameter unit(std::string_view text) const {
    DeclaredParameter copy = *this;
    copy.spec.unit = text;
    return copy;
  }
};

namespace detail {

template <class Owner, class T>
constexpr ParameterType parameter_type(T Owner::*) {
  if constexpr (std::is_same_v<T, bool>) return ParameterType::boolean;
  if constexpr (std::is_same_v<T, std::int64_t>) return ParameterType::integer;
  if constexpr (std::is_same_v<T, double>) return ParameterType::real;
  if constexpr (std::is_same_v<T, std::string>) return ParameterType::text;
  if constexpr (std::is_enum_v<T>) return ParameterType::choice;
}

/// The position of `choice` in "a|b|c", or the number of choices.
[[nodiscard]] std::size_t choice_index(std::string_view choices, std::string_view choice) noexcept;

template <class Owner, class T>
void read_parameter(Owner& owner, T Owner::*member, const ParameterSpec& spec, const Value& value) {
  if constexpr (std::is_same_v<T, bool>) {
    owner.*member = value.boolean();
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    owner.*member = std::get<std::int64_t>(value.data);
  } else if constexpr (std::is_same_v<T, double>) {
    owner.*member = value.number();
  } else if constexpr (std::is_same_v<T, std::string>) {
    owner.*member = value.text();
  } else {
    owner.*member = static_cast<T>(choice_index(spec.choices, value.text()));
  }
}

struct NoParameters {};

template <class Operator>
constexpr auto parameters_of() {
  if constexpr (requires { typename Operator::Parameters; }) {
    return typename Operator::Parameters{};
  } else {
    return NoParameters{};
  }
}

/// The static tables and functions that an operator's declaration lowers to.
template <class Operator>
struct Lowered {
  using Ports = typename Operator::Ports;
  using Parameters = decltype(parameters_of<Operator>());
  static constexpr bool has_parameters = !std::is_same_v<Parameters, NoParameters>;
  static constexpr bool reducing = requires { typename Operator::Partial; };
  static constexpr bool step =
      !reducing && (
                       requires(const Ports& io, const Parameters& p, StepContext& c) { Operator::run(io, p, c); } ||
                       requires(const Ports& io, StepContext& c) { Operator::run(io, c); });

  static constexpr auto port_specs = std::apply(
      [](const auto&... port) { return std::array<PortSpec, sizeof...(port)>{port.spec...}; }, Operator::ports);

  static constexpr auto parameter_specs = [] {
    if constexpr (has_parameters) {
      return std::apply(
          [](const auto&... parameter) { return std::array<ParameterSpec, sizeof...(parameter)>{parameter.spec...}; },
          Operator::parameters);
    } else {
      return std::array<ParameterSpec, 0>{};
    }
  }();

  static constexpr auto stream_specs = [] {
    if constexpr (requires { Operator::streams; }) {
      return Operator::streams;
    } else {
      return std::array<StreamSpec, 0>{};
    }
  }();

  static constexpr auto roles = [] {
    if constexpr (requires { Operator::roles; }) {
      return Operator::roles;
    } else {
      return std::array<std::string_view, 0>{};
    }
  }();

  static Ports show(const PortView* views) noexcept {
    Ports io;
    std::apply(
        [&](const auto&... port) {
          std::size_t i = 0;
          ((io.*(port.member) = std::remove_reference_t<decltype(io.*(port.member))>(views[i++])), ...);
        },
        Operator::ports);
    return io;
  }

  static void* prepare(const PrepareInput& input, Diagnostics& diagnostics) {
    auto parameters = std::make_unique<Parameters>();
    if constexpr (has_parameters) {
      std::apply(
          [&](const auto&... parameter) {
            std::size_t i = 0;
            ((read_parameter(*parameters, parameter.member, parameter.spec, input.parameters[i++])), ...);
          },
          Operator::parameters);
    }
    if constexpr (requires { Operator::check(*parameters, input, diagnostics); }) {
      if (!Operator::check(*parameters, input, diagnostics)) return nullptr;
    } else if constexpr (requires { Operator::check(input, diagnostics); }) {
      if (!Operator::check(input, diagnostics)) return nullptr;
    }
    return parameters.release();
  }

  static void destroy_prepared(void* prepared) { delete static_cast<Parameters*>(prepared); }

  template <class Context>
  static decltype(auto) call(const void* prepared, const PortView* views, Context& context) {
    if constexpr (has_parameters) {
      return Operator::run(show(views), *static_cast<const Parameters*>(prepared), context);
    } else {
      return Operator::run(show(views), context);
    }
  }

  static constexpr bool cannot_fail() {
    using Context = std::conditional_t<step, StepContext, RowContext>;
    if constexpr (reducing) {
      return true;
    } else if constexpr (has_parameters) {
      return noexcept(
          Operator::run(std::declval<const Ports&>(), std::declval<const Parameters&>(), std::declval<Context&>()));
    } else {
      return noexcept(Operator::run(std::declval<const Ports&>(), std::declval<Context&>()));
    }
  }

  static void run_rows(const void* prepared, const PortView* views, RowContext& context) {
    call(prepared, views, context);
  }

  static StepOutcome run_step(const void* prepared, const PortView* views, StepContext& context) {
    if constexpr (std::is_void_v<decltype(call(prepared, views, context))>) {
      call(prepared, views, context);
      return StepOutcome::done;
    } else {
      return call(prepared, views, context);
    }
  }

  static std::size_t partial_bytes(const void*, const PortView*) { return sizeof(typename Operator::Partial); }

  static void map(const void* prepared, const PortView* views, RowContext& context, std::byte* partial) {
    auto* result = new (partial) typename Operator::Partial{};
    if constexpr (has_parameters) {
      Operator::map(show(views), *static_cast<const Parameters*>(prepared), context, *result);
    } else {
      Operator::map(show(views), context, *result);
    }
  }

  static void combine(const void*, std::byte* into, const std::byte* later) {
    using Partial = typename Operator::Partial;
    Operator::combine(*std::launder(reinterpret_cast<Partial*>(into)),
                      *std::launder(reinterpret_cast<const Partial*>(later)));
  }

  static void finish(const void*, const PortView* views, const std::byte* total) {
    using Partial = typename Operator::Partial;
    Operator::finish(show(views), total == nullptr ? nullptr : std::launder(reinterpret_cast<const Partial*>(total)));
  }
};

}  // namespace detail

/// A parameter without default: the document must give it.
template <class Owner, class T>
constexpr auto parameter(std::string_view name, T Owner::*member, std::string_view summary) {
  ParameterSpec spec;
  spec.name = name;
  spec.type = detail::parameter_type(member);
  spec.summary = summary;
  return DeclaredParameter<T Owner::*>{spec, member};
}

/// A parameter whose default is given as document text: "3", "true", "clamp".
template <class Owner, class T>
constexpr auto parameter(std::string_view name, T Owner::*member, std::string_view initial, std::string_view summary) {
  auto declared = parameter(name, member, summary);
  declared.spec.initial = initial;
  return declared;
}

/// The table of an operator; it lives as long as the program or plugin.
template <class Operator>
const OperatorTable& operator_table() {
  using Lowered = detail::Lowered<Operator>;
  static const OperatorTable table = [] {
    OperatorTable result;
    result.name = Operator::name;
    result.summary = Operator::summary;
    if constexpr (requires { Operator::source; }) result.source = Operator::source;
    if constexpr (requires { Operator::revision; }) result.revision = Operator::revision;
    if constexpr (requires { Operator::reports_rows; }) result.reports_rows = Operator::reports_rows;
    if constexpr (requires { Operator::thread_safe; }) result.thread_safe = Operator::thread_safe;
    if constexpr (requires { Operator::strong_guarantee; }) result.strong_guarantee = Operator::strong_guarantee;
    result.ports = Lowered::port_specs;
    result.parameters = Lowered::parameter_specs;
    result.streams = Lowered::stream_specs;
    result.roles = Lowered::roles;
    result.prepare = &Lowered::prepare;
    result.destroy_prepared = &Lowered::destroy_prepared;
    if constexpr (requires { typename Operator::Resource; }) {
      result.create_resource = [](const void* prepared) -> void* { return Operator::create_resource(prepared); };
      result.destroy_resource = [](void* resource) { delete static_cast<typename Operator::Resource*>(resource); };
    }
    if constexpr (Lowered::reducing) {
      result.kind = OperatorKind::reducing;
      result.partial_bytes = &Lowered::partial_bytes;
      result.map = &Lowered::map;
      result.combine = &Lowered::combine;
      result.finish = &Lowered::finish;
    } else if constexpr (Lowered::step) {
      result.kind = OperatorKind::step;
      result.run_step = &Lowered::run_step;
    } else {
      result.run_rows = &Lowered::run_rows;
    }
    result.can_fail = !Lowered::cannot_fail();
    return result;
  }();
  return table;
}

}  // namespace skein
