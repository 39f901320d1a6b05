// Roles: typed contracts for what may fill a slot.
#pragma once

#include <string>
#include <vector>

#include "skein/operator_table.hpp"

namespace skein {

/// A port that a slot of this role offers to whatever fills it.
struct RolePort {
  std::string name;
  std::string type;
  Direction direction = Direction::in;  ///< an operator's port must agree; `inout` allows in, out and inout
  bool required = false;                ///< an operator without this port does not fulfil the role
  std::string summary;
};

/// What an operator or graph must look like to fill a slot of this role. It may leave out ports that are not required;
/// required ports of its own that the role does not offer must be published by the problem or bound explicitly.
struct RoleSpec {
  std::string name;
  std::string summary;
  std::vector<RolePort> ports;
};

/// "For `role`, use `name`": an operator or a graph. The first offer for a role is its default.
struct Offer {
  std::string role;
  std::string name;
};

}  // namespace skein
