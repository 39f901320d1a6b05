#include "operators/arithmetic/element_rows.hpp"

#include <algorithm>
#include <cstring>

namespace skein {
namespace {

/// Whether neighbouring rows follow those of what is written with this stride, or all elements are one.
bool follows(const ElementRows& port, std::size_t stride) noexcept {
  if (port.row_stride == 0) return port.element_stride == 0;
  return port.row_stride == stride && (port.element_stride == 1 || stride == 1);
}

/// Whether rows follow each other without a gap, or with one of less than 8 elements, in which what is written is never
/// seen.
bool is_one_run(std::size_t width, const ElementRows& written, std::initializer_list<ElementRows> ports) noexcept {
  const std::size_t stride = written.row_stride;
  if (stride != width && (stride % 8 != 0 || stride - width >= 8)) return false;
  return std::ranges::all_of(ports, [stride](const ElementRows& port) { return follows(port, stride); });
}

/// Eight equal elements.
class EqualElements {
 public:
  void set(const std::byte* element, std::size_t bytes) noexcept {
    if (bytes == sizeof(double)) {
      double number = 0.0;
      std::memcpy(&number, element, sizeof number);
      std::fill_n(reinterpret_cast<double*>(elements_), 8, number);
    } else {
      for (std::size_t i = 0; i < 8; ++i) std::memcpy(elements_ + i * bytes, element, bytes);
    }
  }
  [[nodiscard]] void* data() noexcept { return elements_; }

 private:
  alignas(double) std::byte elements_[8 * sizeof(double)];
};

}  // namespace

void run_kernel(ElementKernel kernel, Rows rows, std::size_t width, std::size_t written,
                std::initializer_list<ElementRows> ports) noexcept {
  if (rows.count() == 0) return;
  constexpr std::size_t most_ports = 4;
  const ElementRows& target = ports.begin()[written];
  const bool one_run = is_one_run(width, target, ports);
  const std::size_t rows_per_run = one_run ? rows.count() : 1;
  const std::size_t count = (rows_per_run - 1) * target.row_stride + width;
  EqualElements equal[most_ports];
  ElementPort elements[most_ports];
  for (std::size_t row = rows.first; row < rows.last; row += rows_per_run) {
    for (std::size_t k = 0; k < ports.size(); ++k) {
      const ElementRows& port = ports.begin()[k];
      const auto* of_row = static_cast<const std::byte*>(port.data) + row * port.row_stride * port.element_bytes;
      if (port.element_stride != 0 || (one_run && port.row_stride != 0) || k == written) {
        elements[k] = {const_cast<std::byte*>(of_row), ElementPort::every_place};
      } else if (row == rows.first || port.row_stride != 0) {
        equal[k].set(of_row, port.element_bytes);
        elements[k] = {equal[k].data(), ElementPort::one_for_all};
      }
    }
    kernel(nullptr, elements, 0, count);
  }
}

}  // namespace skein
