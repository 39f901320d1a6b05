// PluginReport: what became of a plugin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/reproducibility.hpp"

namespace skein {

enum class PluginState : std::uint8_t { loaded, refused };

/// The short names that a plugin adds, in its order.
struct PluginContent {
  std::vector<std::string> operators;
  std::vector<std::string> algorithms;
  std::vector<std::string> graphs;  ///< that are no algorithms
  std::vector<std::string> roles;
  std::vector<std::string> encodings;
  std::vector<std::string> problems;
  std::vector<std::string> object_types;
};

/// One plugin that was found. Of one that was refused before its descriptor could be read only the file is known; of
/// one whose register function was not called, no content.
struct PluginReport {
  PluginState state = PluginState::refused;
  std::string file;  ///< absolute; "built in" for a part of the program
  std::string name;
  std::string version;
  std::string summary;
  std::string licence;
  std::string dependencies;
  Reproducibility reproducibility = Reproducibility::one_machine;
  PluginContent adds;
  Diagnostics findings;  ///< why it was refused, and warnings

  /// Whether it adds an operator, algorithm, other graph, role, encoding, problem or object type of this name.
  [[nodiscard]] bool has(std::string_view component) const noexcept;
  /// Why it was refused: its first error. Empty when it has none.
  [[nodiscard]] std::string reason() const;
};

}  // namespace skein
