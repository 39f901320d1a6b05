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
};

/// Fills all slots of `scope`. Reports `unknown-slot`, `empty-slot` (with what is offered and what would fit),
/// `name-given-twice`, `unknown-role`, and a single filler for a `many` slot or the other way round (`wrong-type`).
void fill_slots(Scope& scope, const WiringInput& input, OfferedComponents& offered, Diagnostics& diagnostics);

}  // namespace skein::compiler
