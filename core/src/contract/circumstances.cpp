#include "contract/circumstances.hpp"

namespace skein {

std::string Shape::to_text() const {
  std::string text = counted(rows, "row") + " and dimension " + std::to_string(dimension);
  if (has_optional_ports) text += with_optional_ports ? ", with optional ports" : ", without optional ports";
  return text;
}

std::string Circumstances::to_text() const {
  return counted(threads, "thread") + ", tiles of " + counted(tile_rows, "row") +
         (in_pipeline ? ", in a pipeline" : "");
}

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace skein
