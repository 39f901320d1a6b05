#include "run/globals.hpp"

#include <cstring>

namespace skein {
namespace {

template <class T>
T load(const ColumnView& global) noexcept {
  T value;
  std::memcpy(&value, global.data, sizeof value);
  return value;
}

template <class T>
void store(const ColumnView& global, T value) noexcept {
  std::memcpy(global.data, &value, sizeof value);
}

std::uint32_t to_index(std::int64_t value) noexcept {
  return value >= 0 && value < static_cast<std::int64_t>(no_row) ? static_cast<std::uint32_t>(value) : no_row;
}

}  // namespace

Scalar read_global(const ColumnView& global) noexcept {
  switch (global.element) {
    case Element::real:
      return Scalar(load<double>(global));
    case Element::integer:
      return Scalar(load<std::int64_t>(global));
    case Element::index:
      return Scalar(static_cast<std::int64_t>(load<std::uint32_t>(global)));
    case Element::binary:
    case Element::boolean:
      break;
  }
  return Scalar(load<std::uint8_t>(global) != 0);
}

void write_global(const ColumnView& global, Scalar value) noexcept {
  switch (global.element) {
    case Element::real:
      return store(global, value.as_real());
    case Element::integer:
      return store(global, value.as_integer());
    case Element::index:
      return store(global, to_index(value.as_integer()));
    case Element::binary:
    case Element::boolean:
      return store(global, static_cast<std::uint8_t>(value.as_boolean() ? 1 : 0));
  }
}

}  // namespace skein
