#include "skein/operator_table.hpp"

#include <utility>

#include "skein/operator.hpp"

namespace skein {

std::size_t PrepareInput::axis(std::string_view name) const noexcept {
  for (const AxisSize& axis : axes) {
    if (axis.name == name) return axis.size;
  }
  return 0;
}

const BoundPort& PrepareInput::port(std::string_view name) const noexcept {
  static const BoundPort open;
  for (std::size_t i = 0; i < specs.size() && i < ports.size(); ++i) {
    if (specs[i].name == name) return ports[i];
  }
  return open;
}

Diagnostic PrepareInput::refusal(std::string code, std::string_view place, std::string message, std::string expected,
                                 std::string found) const {
  return {std::move(code),     Severity::error,  {}, path + "/" + std::string(place), std::move(message),
          std::move(expected), std::move(found), ""};
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
