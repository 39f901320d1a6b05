// Views: what an operator sees of variables. They are built by the engine and cost nothing to copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "skein/fitness.hpp"
#include "skein/object.hpp"
#include "skein/type.hpp"

namespace skein {

class EvaluatorService;

/// One part of a variable. `row_bytes` is 0 for a global (every row is the same one). Padding between rows is never
/// part of `width`.
struct ColumnView {
  std::byte* data = nullptr;
  std::size_t row_bytes = 0;
  std::size_t width = 0;
  Element element = Element::real;
};

/// A population as a step operator sees it; `id` is its number in the plan of the frame.
struct PopulationView {
  std::size_t id = no_population;
  std::size_t rows = 0;
  std::size_t capacity = 0;
  void* place = nullptr;  ///< of the engine: which frame's population it is
};

/// What stands behind one port: the parts of a variable, an object, a population, a group of further views, or what can
/// be called (`skein/callable.hpp`).
struct PortView {
  bool bound = false;
  const ColumnView* parts = nullptr;
  std::size_t part_count = 0;
  std::size_t rows = 0;  ///< rows of the population, 1 for a global
  ObjectVariable* object = nullptr;
  PopulationView population;
  const PortView* members = nullptr;  ///< of a variadic port
  std::size_t member_count = 0;
  EvaluatorService* evaluator = nullptr;  ///< of a callable port
};

namespace detail {

template <class T>
class View {
 public:
  View() = default;
  explicit View(const PortView& port) noexcept {
    if (port.part_count == 0) return;
    const ColumnView& part = port.parts[0];
    data_ = reinterpret_cast<T*>(part.data);
    row_stride_ = part.row_bytes / sizeof(T);
    element_stride_ = part.width == 1 ? 0 : 1;
    width_ = part.width;
    rows_ = port.rows;
  }

  /// Whether the port is bound; only optional ports can be unbound.
  explicit operator bool() const noexcept { return data_ != nullptr; }

  /// The elements of a row, contiguous. Rows are counted over the whole population, never from the tile's first.
  [[nodiscard]] T* row(std::size_t index) const noexcept { return data_ + index * row_stride_; }

  /// One element; a global serves every row and a width of 1 every element.
  [[nodiscard]] T& operator()(std::size_t row_index, std::size_t element) const noexcept {
    return data_[row_index * row_stride_ + element * element_stride_];
  }

  /// The first element of a row; without argument, of a global.
  [[nodiscard]] T& value(std::size_t row_index = 0) const noexcept { return data_[row_index * row_stride_]; }

  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t row_stride() const noexcept { return row_stride_; }
  [[nodiscard]] std::size_t element_stride() const noexcept { return element_stride_; }

 private:
  T* data_ = nullptr;
  std::size_t row_stride_ = 0;
  std::size_t element_stride_ = 0;
  std::size_t width_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace detail

/// Read-only view of a variable with one part.
template <class T>
struct In : detail::View<const T> {
  using detail::View<const T>::View;
};

/// View of a variable with one part whose old content the operator does not read; it writes every row it owns.
template <class T>
struct Out : detail::View<T> {
  using detail::View<T>::View;
};

/// View of a variable with one part that the operator reads and writes.
template <class T>
struct InOut : detail::View<T> {
  using detail::View<T>::View;
};

/// Memory of one row group for the duration of a call: real[n,d] is rows-of-the-group × d, contiguous, uninitialised.
template <class T>
struct Scratch {
  Scratch() = default;
  explicit Scratch(const PortView& port) noexcept
      : data(port.part_count == 0 ? nullptr : reinterpret_cast<T*>(port.parts[0].data)) {}
  T* data = nullptr;
};

namespace detail {

/// memcpy without a call for the few bytes of a short row.
inline void copy_bytes(std::byte* to, const std::byte* from, std::size_t bytes) noexcept {
  if (bytes > 512) {
    std::memcpy(to, from, bytes);
    return;
  }
  for (; bytes >= 16; bytes -= 16, to += 16, from += 16) std::memcpy(to, from, 16);
  for (; bytes >= 4; bytes -= 4, to += 4, from += 4) std::memcpy(to, from, 4);
  for (; bytes > 0; --bytes, ++to, ++from) *to = *from;
}

}  // namespace detail

/// A whole solution bundle, of any encoding: all that can be done with it is to copy rows.
class Bundle {
 public:
  Bundle() = default;
  explicit Bundle(const PortView& port) noexcept : parts_(port.parts), count_(port.part_count), rows_(port.rows) {}

  explicit operator bool() const noexcept { return count_ != 0; }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] const ColumnView* parts() const noexcept { return parts_; }
  [[nodiscard]] std::size_t part_count() const noexcept { return count_; }

  /// Copies row `from_row` of `from` to row `to_row` of this bundle. Both have the same parts.
  void copy_row(std::size_t to_row, const Bundle& from, std::size_t from_row) const noexcept {
    for (std::size_t i = 0; i < count_; ++i) {
      const ColumnView& target = parts_[i];
      const ColumnView& source = from.parts_[i];
      detail::copy_bytes(target.data + to_row * target.row_bytes, source.data + from_row * source.row_bytes,
                         target.width * element_bytes(target.element));
    }
  }

 private:
  const ColumnView* parts_ = nullptr;
  std::size_t count_ = 0;
  std::size_t rows_ = 0;
};

struct InBundle : Bundle {
  using Bundle::Bundle;
};
struct OutBundle : Bundle {
  using Bundle::Bundle;
};
struct InOutBundle : Bundle {
  using Bundle::Bundle;
};

/// Read-only view of a fitness column.
struct InFitness : In<double> {
  using In<double>::In;
  [[nodiscard]] FitnessRow operator[](std::size_t index) const noexcept { return {row(index), width()}; }
};

/// View of a fitness column that the operator reads and writes.
struct InOutFitness : InOut<double> {
  using InOut<double>::InOut;
  [[nodiscard]] FitnessRow operator[](std::size_t index) const noexcept { return {row(index), width()}; }
  /// Row `index` <- `value`, which has the same width.
  void assign(std::size_t index, FitnessRow value) const noexcept {
    for (std::size_t i = 0; i < value.width; ++i) row(index)[i] = value.data[i];
  }
};

/// An object variable; `O` has a static `type` that equals the element of the port's type.
template <class O>
struct InObject {
  InObject() = default;
  explicit InObject(const PortView& port) noexcept : object(static_cast<const O*>(port.object)) {}
  explicit operator bool() const noexcept { return object != nullptr; }
  const O* operator->() const noexcept { return object; }
  const O* object = nullptr;
};

template <class O>
struct InOutObject {
  InOutObject() = default;
  explicit InOutObject(const PortView& port) noexcept : object(static_cast<O*>(port.object)) {}
  explicit operator bool() const noexcept { return object != nullptr; }
  O* operator->() const noexcept { return object; }
  O* object = nullptr;
};

/// A population of which a step operator wants to know how many rows it has.
struct InPopulation {
  InPopulation() = default;
  explicit InPopulation(const PortView& port) noexcept : view(port.population) {}
  PopulationView view;
};

/// A population, for step operators that resize or exchange populations.
struct InOutPopulation {
  InOutPopulation() = default;
  explicit InOutPopulation(const PortView& port) noexcept : view(port.population) {}
  PopulationView view;
};

/// A variadic port: any number of views.
template <class V>
class Group {
 public:
  Group() = default;
  explicit Group(const PortView& port) noexcept : members_(port.members), count_(port.member_count) {}
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] V operator[](std::size_t index) const noexcept { return V(members_[index]); }

 private:
  const PortView* members_ = nullptr;
  std::size_t count_ = 0;
};

}  // namespace skein
