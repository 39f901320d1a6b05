// What a profiled run says of its time: a table, JSON, and numbers in the drawing of its graph.
#pragma once

#include <string>

#include "skein/diagnostic.hpp"
#include "skein/profile.hpp"
#include "skein/session.hpp"
#include "skein/value.hpp"

namespace skein::tool {

/// The nodes by their time, and the pipelines.
[[nodiscard]] std::string profile_table(const RunProfile& profile);

[[nodiscard]] Value to_value(const RunProfile& profile);

/// Draws the graph of a run with the time of its nodes: as SVG for a file name that ends so, as dot for others. False
/// when it could not be written.
[[nodiscard]] bool write_profile_graph(const Session& session, const RunDocument& document, const RunProfile& profile,
                                       const std::string& file, Diagnostics& diagnostics);

}  // namespace skein::tool
