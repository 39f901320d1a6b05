// FunctionReference: a callable, passed by reference without allocation.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace skein {

template <class Signature>
class FunctionReference;

/// Refers to a callable that outlives the call it is passed to.
template <class Result, class... Arguments>
class FunctionReference<Result(Arguments...)> {
 public:
  // NOLINTBEGIN(bugprone-forwarding-reference-overload): the constraint, which clang-tidy 14 does not see, keeps it off
  template <class Function>
  requires(!std::is_same_v<std::remove_cvref_t<Function>, FunctionReference>) FunctionReference(Function&& function)
  noexcept
      : function_(const_cast<void*>(static_cast<const void*>(std::addressof(function)))),
        call_([](void* target, Arguments... arguments) -> Result {
          return (*static_cast<std::remove_reference_t<Function>*>(target))(std::forward<Arguments>(arguments)...);
        }) {}
  // NOLINTEND(bugprone-forwarding-reference-overload)

  Result operator()(Arguments... arguments) const { return call_(function_, std::forward<Arguments>(arguments)...); }

 private:
  void* function_;
  Result (*call_)(void*, Arguments...);
};

}  // namespace skein
