// DeclaredPort: a port as an operator declares it.
#pragma once

#include <string_view>

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
  /// Numbers that the port is meant for: for contract tests and readers, not checked in the run.
  [[nodiscard]] constexpr DeclaredPort range(double minimum, double maximum) const {
    DeclaredPort copy = *this;
    copy.spec.minimum = minimum;
    copy.spec.maximum = maximum;
    return copy;
  }
  /// The same without an upper limit.
  [[nodiscard]] constexpr DeclaredPort minimum(double value) const {
    DeclaredPort copy = *this;
    copy.spec.minimum = value;
    return copy;
  }
  /// The same for numbers greater than zero.
  [[nodiscard]] constexpr DeclaredPort positive() const {
    DeclaredPort copy = *this;
    copy.spec.minimum = 0;
    copy.spec.exclusive_minimum = true;
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

/// Something that the operator calls itself; `role` says what, and is "evaluator".
template <class Member>
constexpr auto callable(std::string_view name, Member member, std::string_view role, std::string_view summary) {
  return detail::declare_port(name, member, role, summary, Direction::in, PortKind::callable);
}

}  // namespace skein
