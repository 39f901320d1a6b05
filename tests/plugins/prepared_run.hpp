// Runs of the shipped algorithm in tests: a session with everything built in, and a run document as text.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "skein/builtin_plugins.hpp"
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

inline Job prepared(const Session& session, std::string_view text) {
  Diagnostics diagnostics;
  const auto document = session.read_run(text, "test.json", diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  REQUIRE_MESSAGE(job.has_value(), all_text(diagnostics));
  return *job;
}

}  // namespace skein::tests
