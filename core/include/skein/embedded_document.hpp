// EmbeddedDocument: a text file that was embedded into a plugin when it was built (CMake: skein_embed).
#pragma once

#include <string_view>

namespace skein {

struct EmbeddedDocument {
  std::string_view name;  ///< of the file, without folder and extension
  std::string_view file;  ///< path from the root of the source tree, for messages
  std::string_view text;
};

}  // namespace skein
