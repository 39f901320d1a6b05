// Running the chains of a pipeline.
#pragma once

#include "run/engine.hpp"
#include "state/pipeline_state.hpp"

namespace skein {

/// What the ports of a member show to the worker whose memory this is.
[[nodiscard]] inline const PortView* ports_of(const PipelineMember& member, const StripMemory& memory) noexcept {
  return member.first_port == no_index ? member.state->views.ports().data() : memory.ports.data() + member.first_port;
}

/// Prepares the memory of a worker for the chains of a pipeline whose strip variables are placed in it: shows and
/// spreads what is the same for all strips. For each tile.
void place_chains(const PipelineState& state, StripMemory& memory) noexcept;

/// Runs the members of a chain for a strip, block by block.
void run_chain(const PipelineState& state, const Chain& chain, Rows strip, StripMemory& memory) noexcept;

}  // namespace skein
