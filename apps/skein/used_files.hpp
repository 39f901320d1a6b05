// UsedFiles: what one command reads and writes, none of which may take the place of another.
#pragma once

#include <string>
#include <vector>

#include "skein/diagnostic.hpp"

namespace skein::tool {

struct UsedFile {
  std::string what;  ///< it is, for people; files of one kind may be one
  std::string file;  ///< empty: not used
  bool is_written = true;
};

/// Reports `bad-argument` for every two of them that are one file, also where it does not exist yet, unless both are
/// only read or of one kind. What exists and is no regular file, a device, say, may be named twice.
void check_distinct(const std::vector<UsedFile>& files, Diagnostics& diagnostics);

}  // namespace skein::tool
