// A small catalogue for tests of the compiler, and documents made of a few lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/session.hpp"

namespace skein::test {

/// A session with the operators, roles, encoding `vector` and problems `bowl` (complete) and `bare` (offers nothing) of
/// workbench.cpp.
[[nodiscard]] Session make_session();

/// A run document around a graph document. `algorithm` and `document` are further members, with a comma in front.
[[nodiscard]] std::string run_text(std::string_view graph, std::string_view algorithm = "",
                                   std::string_view document = "");

/// A whole algorithm of a population `swarm` of `rows` rows (position, fitness, x, y, next), globals total, count and
/// flag, and a parameter `size`. `nodes` and `flow` stand before what finds the best.
[[nodiscard]] std::string graph_text(std::string_view nodes, std::string_view flow, std::string_view more = "");

/// Reads and prepares; all findings as text, one after another.
[[nodiscard]] std::string findings(const Session& session, std::string_view run, const std::string& file = "r.json");
[[nodiscard]] std::string all_text(const Diagnostics& diagnostics);

/// The job; fails the test with the findings when there is none.
[[nodiscard]] Job prepared(const Session& session, std::string_view run);
/// The number in a global after a run to the end.
[[nodiscard]] double number_after(const Job& job, std::string_view variable);

}  // namespace skein::test
