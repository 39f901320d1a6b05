// Runs of the shipped algorithm in tests: a session with everything built in, and a run document as text.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "skein/builtin_plugins.hpp"
#include "skein/json.hpp"
#include "skein/result.hpp"
#include "skein/session.hpp"

namespace skein::tests {

inline Session full_session() {
  Session session;
  Diagnostics diagnostics;
  session.load_plugins(builtin_plugins(), diagnostics);
  REQUIRE(diagnostics.empty());
  return session;
}

inline std::string all_text(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.items()) text += to_text(diagnostic) + "\n";
  return text;
}

/// All numbers of a result as text, but for times and what depends on them, and for what the process used.
inline std::string repeatable(Result result) {
  result.wall_seconds = 0;
  result.threads = 0;
  result.serial_steps.clear();
  result.memory = {};
  return write_json(to_value(result));
}

inline Job prepared(const Session& session, std::string_view text) {
  Diagnostics diagnostics;
  const auto document = session.read_run(text, "test.json", diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  REQUIRE_MESSAGE(job.has_value(), all_text(diagnostics));
  return *job;
}

}  // namespace skein::tests
