// Cell: an untagged scalar. The compiler has checked the types, so a running expression need not carry them.
#pragma once

#include <cstdint>

namespace skein::expression {

union Cell {
  bool boolean;
  std::int64_t integer;
  double real;
};

inline Cell cell(bool value) noexcept {
  Cell result{};
  result.boolean = value;
  return result;
}
inline Cell cell(std::int64_t value) noexcept {
  Cell result{};
  result.integer = value;
  return result;
}
inline Cell cell(double value) noexcept {
  Cell result{};
  result.real = value;
  return result;
}

}  // namespace skein::expression
