// Wiring: what fills the slots of an algorithm. The run document chooses, then the graph's own default, then what the
// problem and its encoding offer for the role.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compiler/draft.hpp"
#include "compiler/scope.hpp"
#include "skein/graph.hpp"

namespace skein::compiler {

/// Keeps the components that the wiring makes (offers) alive as long as scopes point at them.
using OfferedComponents = std::vector<std::unique_ptr<Component>>;

struct WiringInput {
  const Draft& draft;
  const std::vector<SlotFilling>& fillings;  ///< written by whoever uses the graph
  const Scope* origin = nullptr;             ///< the scope in which they are written
  std::string owner;                         ///< "algorithm 'particle_swarm'" or "graph '…'", for messages
  std::string path;
  SourceLocation where;
  bool may_stay_open = false;  ///< required slots too: whoever uses the graph fills them
};

/// Fills all slots of `scope`. Reports `unknown-slot`, `empty-slot` (with what is offered and what would fit),
/// `unknown-role`, several fillers for a slot that is not `many` (`wrong-type`), and keys beside a slot that is passed
/// on (`misplaced-key`). One component in a `many` slot is short for one entry with the slot's name; entries that are
/// passed on under a name get that name, in front of their own when they are several.
void fill_slots(Scope& scope, const WiringInput& input, OfferedComponents& offered, Diagnostics& diagnostics);

}  // namespace skein::compiler
