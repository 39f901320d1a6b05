// Text files: read whole, written whole or not at all.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"

namespace skein {

/// Bytes. More is refused before it is read.
inline constexpr std::size_t largest_document = std::size_t{16} * 1024 * 1024;

/// The finding `document-too-large`; `size` 0 means "unknown".
[[nodiscard]] Diagnostic document_too_large(const std::string& file, std::size_t size);

/// The bytes of a file or pipe. Reports `file-not-found`, `file-unreadable` (a folder, no permission, a failure while
/// reading) or `document-too-large` and returns nothing otherwise.
[[nodiscard]] std::optional<std::string> read_text_file(const std::string& path, Diagnostics& diagnostics);

/// Writes the file so that a reader finds the old or the new content, even after a crash: temporary file in the same
/// folder, fsync, rename. Permissions of an existing file are kept and links are followed; devices and pipes are
/// written to directly. On failure nothing is left behind and `output-unwritable` is reported.
bool write_file_atomically(const std::string& path, std::string_view text, Diagnostics& diagnostics);

/// Whether write_file_atomically can be expected to work, found out by creating and removing a temporary file. Reports
/// `output-unwritable` otherwise.
bool check_writable(const std::string& path, Diagnostics& diagnostics);

}  // namespace skein
