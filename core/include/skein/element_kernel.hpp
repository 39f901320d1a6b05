// ElementKernel: how an elementwise operator computes consecutive elements, without rows.
#pragma once

#include <cstddef>

namespace skein {

/// Where the elements of a port are: element i is number `i & mask` of `data`.
struct ElementPort {
  static constexpr std::size_t every_place = ~std::size_t{0};
  static constexpr std::size_t one_for_all = 0;

  void* data = nullptr;
  std::size_t mask = every_place;  ///< or `one_for_all`: `data` holds eight equal elements that serve every place

  /// Where element `first` and the next seven are, for first a multiple of 8 or a port that is `every_place`.
  template <class T>
  [[nodiscard]] T* at(std::size_t first) const noexcept {
    return static_cast<T*>(data) + (first & mask);
  }
};

/// Computes the elements first ... first + count - 1 of the ports that are written from those of the ports that are
/// read, at the same places. `ports` stand in the order of the operator's table; written ones are `every_place`. A port
/// that is read may be the same memory as one that is written. Must not throw.
using ElementKernel = void (*)(const void* prepared, const ElementPort* ports, std::size_t first, std::size_t count);

}  // namespace skein
