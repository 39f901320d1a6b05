// Circumstances: how an operator is run for its contract.
#pragma once

#include <cstddef>
#include <string>

namespace skein {

struct Shape {
  std::size_t rows = 0;
  std::size_t dimension = 0;
  std::size_t objectives = 1;
  bool has_optional_ports = false;  ///< whether the operator has any
  bool with_optional_ports = false;

  /// "2 rows and dimension 7, without optional ports".
  [[nodiscard]] std::string to_text() const;
};

struct Circumstances {
  std::size_t threads = 1;
  std::size_t tile_rows = 1;
  bool in_pipeline = false;

  /// "1 thread, tiles of 3 rows, in a pipeline".
  [[nodiscard]] std::string to_text() const;
};

/// "1 row", "2 rows".
[[nodiscard]] std::string counted(std::size_t count, const std::string& noun);

}  // namespace skein
