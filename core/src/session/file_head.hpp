// The first lines of checkpoints and journals: what the file is, a line of JSON, the checksum of both.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"

namespace skein {

/// "checkpoint" or "journal": its first line is "skein checkpoint 2", its findings are "checkpoint-newer" and so on.
struct FileKind {
  std::string_view word;
  unsigned form;            ///< the number in its first line
  std::string_view advice;  ///< what may help where the file is damaged
};

inline constexpr FileKind checkpoint_kind{"checkpoint", 2, "FILE.previous, the one before it"};
inline constexpr FileKind journal_kind{"journal", 1, "a copy of it, or a new journal"};

/// A finding about a file of this kind: `what` is "truncated", "corrupted", ….
[[nodiscard]] Diagnostic file_finding(FileKind kind, std::string_view what, const std::string& file,
                                      std::string message, std::string found = "", std::string suggestion = "");

/// The three lines.
[[nodiscard]] std::string head_text(FileKind kind, std::string_view json);

/// The line of JSON from the beginning of a file, with the size of all three lines. Reports "-foreign", "-newer",
/// "-older", "-truncated" or "-corrupted" and returns nothing otherwise.
struct FoundHead {
  std::string json;
  std::size_t size = 0;
};
[[nodiscard]] std::optional<FoundHead> find_head(FileKind kind, std::string_view begin, const std::string& file,
                                                 Diagnostics& diagnostics);

/// Enough of a file for find_head.
inline constexpr std::size_t longest_head = std::size_t{16} * 1024 * 1024 + 64;

}  // namespace skein
