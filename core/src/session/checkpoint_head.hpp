// The head of a checkpoint file as a value, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/checkpoint_file.hpp"

namespace skein {

[[nodiscard]] CheckpointHead head_of(const Job& job, const Run& run, const std::string& every);
[[nodiscard]] Value to_value(const CheckpointHead& head);

/// Reports `checkpoint-corrupted` and returns nothing where it is none.
[[nodiscard]] std::optional<CheckpointHead> head_from_text(std::string_view text, const std::string& file,
                                                           Diagnostics& diagnostics);

/// "operators 0.1.0, particle_swarm 0.1.0".
[[nodiscard]] std::string plugins_text(const std::vector<UsedPlugin>& plugins);

}  // namespace skein
