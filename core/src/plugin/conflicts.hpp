// Names that more than one plugin has.
#pragma once

#include <string>
#include <vector>

#include "plugin/candidate.hpp"
#include "skein/plugin_report.hpp"
#include "skein/registry.hpp"

namespace skein::plugin {

inline constexpr const char* built_in = "built in";  ///< in place of the file

/// Whether the file lies in the folder of the shipped plugins.
[[nodiscard]] bool is_shipped_file(const std::string& file);

/// Refuses each plugin that has the name of an earlier one.
void refuse_same_names(std::vector<Candidate>& candidates, const Registry& registry);

/// Refuses each plugin with a role or encoding of a name that is taken: they are what plugins agree on, so that each
/// can mean only one thing. What is loaded and what is shipped come first.
void refuse_taken_contracts(std::vector<Candidate>& candidates, const Registry& registry);

/// Warns of each short name of an operator, graph or problem that will stand for two things.
void warn_of_ambiguity(const Registry& registry, PluginReport& report);

}  // namespace skein::plugin
