// Checkpoints: the whole state of a run as a stream of bytes.
//
// "SKEIN" and three zero bytes, format number, fingerprint of the plan, seed, treatment of denormal numbers,
// seconds used, checksum of this header;
// then the root frame, frames below in their order; then a checksum of everything before it. Numbers are in the order
// of the machine (all machines that Skein runs on are little-endian), columns are rows without padding.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iosfwd>

#include "run/run_state.hpp"

namespace skein {

inline constexpr std::array<char, 8> checkpoint_magic = {'S', 'K', 'E', 'I', 'N', '\0', '\0', '\0'};
inline constexpr std::uint64_t checkpoint_format = 1;

/// Of the header, its checksum included. More must follow: the header by itself ends as a whole checkpoint does.
inline constexpr std::size_t checkpoint_header_bytes = checkpoint_magic.size() + 7 * sizeof(std::uint64_t);

/// Sets the stream's state when it cannot be written.
void write_checkpoint(std::ostream& stream, const Run::State& run);

/// Replaces the state of the run when all of the stream is sound; otherwise says what is wrong and changes nothing.
bool read_checkpoint(std::istream& stream, Run::State& run, Diagnostics& diagnostics);

}  // namespace skein
