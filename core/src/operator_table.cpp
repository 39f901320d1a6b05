#include "skein/operator_table.hpp"

#include "skein/operator.hpp"

namespace skein {

std::size_t PrepareInput::axis(std::string_view name) const noexcept {
  for (const AxisSize& axis : axes) {
    if (axis.name == name) return axis.size;
  }
  return 0;
}

namespace detail {

std::size_t choice_index(std::string_view choices, std::string_view choice) noexcept {
  std::size_t index = 0;
  while (true) {
    const std::size_t bar = choices.find('|');
    if (choices.substr(0, bar) == choice) return index;
    ++index;
    if (bar == std::string_view::npos) return index;
    choices.remove_prefix(bar + 1);
  }
}

}  // namespace detail
}  // namespace skein
