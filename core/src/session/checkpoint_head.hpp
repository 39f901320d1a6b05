// The head of a checkpoint file as a value, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/file_head.hpp"
#include "session/value_difference.hpp"
#include "skein/checkpoint_file.hpp"

namespace skein {

[[nodiscard]] CheckpointHead head_of(const Job& job, const Run& run, const std::string& every);
[[nodiscard]] Value to_value(const CheckpointHead& head);

/// Reports `checkpoint-corrupted` or `journal-corrupted` and returns nothing where it is none.
[[nodiscard]] std::optional<CheckpointHead> head_from_text(std::string_view text, const std::string& file,
                                                           FileKind kind, Diagnostics& diagnostics);

/// The file as it is called from everywhere.
[[nodiscard]] std::string absolute_file(const std::string& file);

/// The first plugin that has another version, or that only one side has.
[[nodiscard]] std::optional<ValueDifference> plugin_difference(const std::vector<UsedPlugin>& then,
                                                               const std::vector<UsedPlugin>& now);

}  // namespace skein
