// Ports that operators for memory have in common.
#pragma once

#include <cstdint>

#include "skein/memory_state.hpp"
#include "skein/operator.hpp"

namespace skein {

template <class Ports>
constexpr auto memory_port(InOutObject<MemoryState> Ports::*member) {
  return inout("memory", member, "memory", "what the run knows of its memory");
}

template <class Ports>
constexpr auto resident_port(In<std::int64_t> Ports::*member) {
  return in("resident", member, "integer", "bytes in use; -1: not known").minimum(-1).unit("B");
}

template <class Ports>
constexpr auto address_space_port(In<std::int64_t> Ports::*member) {
  return in("address_space", member, "integer", "bytes of addresses in use; -1: not known").minimum(-1).unit("B");
}

template <class Ports>
constexpr auto memory_iterations_port(In<std::int64_t> Ports::*member) {
  return in("iterations", member, "integer", "iterations so far");
}

template <class Ports>
MemoryReading reading_of(const Ports& io) noexcept {
  return {io.resident.value(), io.address_space.value()};
}

/// The time of whatever the operator does.
template <class Ports>
MemoryMoment moment_of(const Ports& io, const StepContext& context) noexcept {
  return {io.iterations.value(), context.elapsed_seconds()};
}

}  // namespace skein
