#include <algorithm>
#include <string_view>

#include "skein/graph.hpp"

namespace skein {

bool has_role(const Graph& graph, std::string_view role) {
  return std::ranges::find(graph.roles, role, &GraphRole::name) != graph.roles.end();
}

bool is_algorithm(const Graph& graph) {
  const auto has_output = [&graph](std::string_view name) {
    return std::ranges::any_of(graph.ports, [name](const GraphPort& given) {
      return given.direction == Direction::out && given.name == name;
    });
  };
  const auto needs_input = [](const GraphPort& given) {
    return given.direction == Direction::inout || (given.direction == Direction::in && !given.initial);
  };
  return has_output("best") && has_output("best_fitness") && std::ranges::none_of(graph.ports, needs_input);
}

}  // namespace skein
