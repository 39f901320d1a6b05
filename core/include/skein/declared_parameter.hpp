// DeclaredParameter: a parameter as an operator declares it, and how a document's value becomes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "skein/operator_table.hpp"

namespace skein {

/// A parameter as an operator declares it. The member is a bool, std::int64_t, double, std::string, an enum whose
/// enumerators are numbered from 0 in the order of `choices`, or a Value, which is any and checked by the operator.
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
  if constexpr (std::is_same_v<T, Value>) return ParameterType::any;
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
  } else if constexpr (std::is_same_v<T, Value>) {
    owner.*member = value;
  } else {
    owner.*member = static_cast<T>(choice_index(spec.choices, value.text()));
  }
}

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

}  // namespace skein
