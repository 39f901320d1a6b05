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
// Further members, all optional: `source`, `revision`, `roles` and `needs` (std::array of std::string_view), `streams`
// (std::array of StreamSpec), `Parameters` with `parameters` (std::tuple of parameter(…)), `thread_safe`, `can_wait`,
// `reports_rows`, `host_arithmetic`, `repeatable`, `strong_guarantee`, `Resource` with `create_resource`. `run` takes
// (io, context) or (io, parameters, context).
// - A row operator has `run(…, RowContext&)`; `noexcept` says that it cannot fail. One that computes element by element
//   may also have `element_kernel([const Parameters&])`, returning an ElementKernel (see OperatorTable).
// - A step operator has `run(…, StepContext&)`, returning nothing or a StepOutcome; `noexcept` says that it cannot
// fail.
// - A reducing operator has a trivially copyable `Partial`, `map(io, [parameters,] context, Partial&)`,
//   `combine(Partial& into, const Partial& later)` and `finish(io, [parameters,] const Partial* total)`, all noexcept.
// An operator with checks that span parameters or ports has `static bool check([Parameters&,] const PrepareInput&,
// Diagnostics&)`. It adds all that is wrong with the parameters, with ports that are bound to constants and with the
// sizes of populations (`PrepareInput::port`, `PrepareInput::refusal`), and returns false for an error; what it writes
// into the parameters all calls see.
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

#include "skein/declared_parameter.hpp"
#include "skein/declared_port.hpp"
#include "skein/operator_table.hpp"

namespace skein {

namespace detail {

struct NoParameters {};

template <class Operator>
constexpr auto parameters_of() {
  if constexpr (requires { typename Operator::Parameters; }) {
    return typename Operator::Parameters{};
  } else {
    return NoParameters{};
  }
}

/// The static tables and functions that an operator's declaration lowers to. Hidden, because the linker would otherwise
/// take those of one plugin for those of another that has an operator type of the same name.
template <class Operator>
struct [[gnu::visibility("hidden")]] Lowered {
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

  static constexpr auto needs = [] {
    if constexpr (requires { Operator::needs; }) {
      return Operator::needs;
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

  static ElementKernel element_kernel([[maybe_unused]] const void* prepared) {
    if constexpr (has_parameters) {
      return Operator::element_kernel(*static_cast<const Parameters*>(prepared));
    } else {
      return Operator::element_kernel();
    }
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

  static void finish([[maybe_unused]] const void* prepared, const PortView* views, const std::byte* total) {
    using Partial = typename Operator::Partial;
    const Partial* const partial = total == nullptr ? nullptr : std::launder(reinterpret_cast<const Partial*>(total));
    if constexpr (requires(const Ports& io, const Parameters& p) { Operator::finish(io, p, partial); }) {
      Operator::finish(show(views), *static_cast<const Parameters*>(prepared), partial);
    } else {
      Operator::finish(show(views), partial);
    }
  }
};

}  // namespace detail

/// The table of an operator; it lives as long as the program or plugin.
template <class Operator>
[[gnu::visibility("hidden")]] const OperatorTable& operator_table() {
  using Lowered = detail::Lowered<Operator>;
  static const OperatorTable table = [] {
    OperatorTable result;
    constexpr std::string_view name = Operator::name;
    constexpr std::string_view summary = Operator::summary;
    result.name = name;
    result.summary = summary;
    if constexpr (requires { Operator::source; }) result.source = Operator::source;
    if constexpr (requires { Operator::revision; }) result.revision = Operator::revision;
    if constexpr (requires { Operator::can_wait; }) result.can_wait = Operator::can_wait;
    if constexpr (requires { Operator::reports_rows; }) result.reports_rows = Operator::reports_rows;
    if constexpr (requires { Operator::thread_safe; }) result.thread_safe = Operator::thread_safe;
    if constexpr (requires { Operator::host_arithmetic; }) result.host_arithmetic = Operator::host_arithmetic;
    if constexpr (requires { Operator::repeatable; }) result.repeatable = Operator::repeatable;
    if constexpr (requires { Operator::strong_guarantee; }) result.strong_guarantee = Operator::strong_guarantee;
    result.ports = Lowered::port_specs;
    result.parameters = Lowered::parameter_specs;
    result.streams = Lowered::stream_specs;
    result.roles = Lowered::roles;
    result.needs = Lowered::needs;
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
      if constexpr (requires { &Operator::element_kernel; }) result.element_kernel = &Lowered::element_kernel;
    }
    result.can_fail = !Lowered::cannot_fail();
    return result;
  }();
  return table;
}

}  // namespace skein
