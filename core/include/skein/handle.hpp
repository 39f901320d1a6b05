// Handles: state variables of a run by names that are resolved once, with the type of their elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "skein/object.hpp"
#include "skein/view.hpp"

namespace skein {

struct Plan;

/// What a handle is for: a column or global of one part with these elements, or an object of this type.
struct HandleKind {
  bool is_object = false;
  bool is_truth = false;  ///< elements are binary or boolean
  Element element = Element::real;
  std::string_view object_type;
};

/// What T stands for in Handle<T>: double (real, fitness), std::int64_t (integer), std::uint32_t (index), std::uint8_t
/// (binary, boolean), or the class of an object variable (BoundedHistory, …).
template <class T>
struct HandleType {
  static_assert(std::is_base_of_v<ObjectVariable, T>, "double, std::int64_t, std::uint32_t, std::uint8_t or an object");
  using Read = InObject<T>;
  using Write = InOutObject<T>;
  static constexpr HandleKind kind{true, false, Element::real, T::type};
};

namespace detail {

template <class T, Element E, bool IsTruth = false>
struct ElementHandle {
  using Read = In<T>;
  using Write = InOut<T>;
  static constexpr HandleKind kind{false, IsTruth, E, {}};
};

}  // namespace detail

template <>
struct HandleType<double> : detail::ElementHandle<double, Element::real> {};
template <>
struct HandleType<std::int64_t> : detail::ElementHandle<std::int64_t, Element::integer> {};
template <>
struct HandleType<std::uint32_t> : detail::ElementHandle<std::uint32_t, Element::index> {};
template <>
struct HandleType<std::uint8_t> : detail::ElementHandle<std::uint8_t, Element::binary, true> {};

/// Where a variable is in every run of a plan: which frames lead to it, and its number there.
struct VariablePlace {
  struct Below {
    std::size_t child = 0;
    std::size_t instance = 0;
  };
  std::weak_ptr<const Plan> plan;  ///< a plan that comes later, at the same address, is another one
  std::vector<Below> frames;
  std::size_t variable = 0;
};

/// Made by Run::handle, used with Run::read and Run::write. It stays valid over checkpoints and restores.
template <class T>
class Handle {
 public:
  explicit Handle(VariablePlace place) noexcept : place_(std::move(place)) {}
  [[nodiscard]] const VariablePlace& place() const noexcept { return place_; }

 private:
  VariablePlace place_;
};

}  // namespace skein
