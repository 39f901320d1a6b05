// Names that more than one plugin has.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "plugin/candidate.hpp"
#include "skein/plugin_report.hpp"
#include "skein/registry.hpp"

namespace skein::plugin {

/// Refuses each plugin that has the name of the program itself or of one that is loaded.
void refuse_loaded_names(std::span<Candidate> candidates, const Registry& registry);

/// Of each name the first candidate that is not refused.
[[nodiscard]] std::vector<std::size_t> first_of_each_name(std::span<const Candidate> candidates);

/// Refuses what is neither chosen nor refused: an earlier plugin has its name.
void refuse_twins(std::span<Candidate> candidates, std::span<const std::size_t> chosen);

/// Who has which role, encoding and object type: they are what plugins agree on, so that each has one owner. Nobody
/// takes those of the chosen shipped plugins.
class Contracts {
 public:
  Contracts(std::span<const Candidate> candidates, std::span<const std::size_t> chosen, const Registry& registry);

  /// Notes what is the plugin's, and refuses it for what another one has.
  void claim(PluginReport& report);

 private:
  std::map<std::string, std::string> owners_;
};

/// Warns of names that documents must write with the plugin in front from now on.
void warn_of_ambiguity(const Registry& registry, PluginReport& report);

}  // namespace skein::plugin
