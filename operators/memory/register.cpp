#include <memory>

#include "operators/memory/all.hpp"
#include "skein/memory_state.hpp"
#include "skein/operators.hpp"
#include "skein/registry.hpp"

namespace skein {
namespace {

RoleSpec memory_source() {
  constexpr bool required = true;
  return {"memory_source",
          "says how much memory is in use",
          {{"iterations", "integer", Direction::in, false, "iterations so far"},
           {"resident", "integer", Direction::out, required, "bytes in use; -1: not known"},
           {"address_space", "integer", Direction::out, required,
            "bytes of addresses in use; -1: not known, or no bytes of the process"}}};
}

RoleSpec memory_configuration() {
  constexpr bool required = true;
  return {"memory_configuration",
          "sets the bounds within which a run keeps its memory",
          {{"resident", "integer", Direction::in, false, "bytes in use after the first evaluation"},
           {"address_space", "integer", Direction::in, false, "bytes of addresses in use"},
           {"iterations", "integer", Direction::in, false, "iterations so far"},
           {"memory", "memory", Direction::inout, required, "what the run knows of its memory"},
           {"monitored", "boolean", Direction::out, required, "whether memory is to be read"},
           {"check_frequency", "integer", Direction::out, required, "iterations from check to check"}}};
}

RoleSpec memory_reducer() {
  return {
      "memory_reducer",
      "gives up memory when it is short",
      {{"iterations", "integer", Direction::in, false, "iterations so far"},
       {"swarm", "population", Direction::in, false, "the particles"},
       {"memory", "memory", Direction::inout, false, "what the run knows of its memory, and where actions are noted"}}};
}

}  // namespace

void register_memory_operators(Registry& registry) {
  registry.add(memory_source());
  registry.add(memory_configuration());
  registry.add(memory_reducer());
  registry.add_object_type(std::string(MemoryState::type),
                           []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<MemoryState>(); });

  registry.add(read_resident_memory_operator());
  registry.add(read_counted_memory_operator());
  registry.add(configure_memory_operator());
  registry.add(check_memory_operator());
  registry.add(thin_histories_operator());
  registry.add(reduce_archives_operator());
  registry.add(release_memory_operator());
  registry.add(reduce_batch_operator());
  registry.add(reduce_swarm_operator());
  registry.add(pause_when_exhausted_operator());
  registry.add(track_memory_operator());
  registry.add(record_cost_operator());
  registry.add(record_position_operator());
}

}  // namespace skein
