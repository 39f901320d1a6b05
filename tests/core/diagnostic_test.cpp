#include "skein/diagnostic.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using skein::Diagnostic;
using skein::Diagnostics;
using skein::nearest_name;
using skein::Severity;
using skein::to_text;

Diagnostic with_severity(Severity severity) {
  Diagnostic diagnostic;
  diagnostic.code = "some-code";
  diagnostic.severity = severity;
  diagnostic.message = "something is so";
  return diagnostic;
}

TEST_CASE("a diagnostic with everything is one line and four indented ones") {
  Diagnostic diagnostic;
  diagnostic.code = "unknown-parameter";
  diagnostic.where = {"swarm.json", 12, 7};
  diagnostic.path = "nodes/move/in/inertai";
  diagnostic.message = "there is no parameter \"inertai\"";
  diagnostic.expected = "inertia, mode";
  diagnostic.found = "\"inertai\"";
  diagnostic.suggestion = "inertia";
  CHECK(to_text(diagnostic) ==
        "swarm.json:12:7: error: there is no parameter \"inertai\" [unknown-parameter]\n"
        "  path: nodes/move/in/inertai\n"
        "  expected: inertia, mode\n"
        "  found: \"inertai\"\n"
        "  suggestion: inertia");
}

TEST_CASE("a diagnostic leaves out what it does not know") {
  Diagnostic diagnostic = with_severity(Severity::warning);
  CHECK(to_text(diagnostic) == "warning: something is so [some-code]");
  diagnostic.where.file = "a.json";
  CHECK(to_text(diagnostic) == "a.json: warning: something is so [some-code]");
  diagnostic.where.line = 3;
  CHECK(to_text(diagnostic) == "a.json:3: warning: something is so [some-code]");
  diagnostic.where.file.clear();
  diagnostic.where.column = 4;
  CHECK(to_text(diagnostic) == "line 3:4: warning: something is so [some-code]");
  diagnostic.code.clear();
  diagnostic.severity = Severity::note;
  CHECK(to_text(diagnostic) == "line 3:4: note: something is so");
}

TEST_CASE("control characters cannot break the lines of a diagnostic") {
  Diagnostic diagnostic = with_severity(Severity::error);
  diagnostic.message = "a\nb\tc\x1b[31m\x7f \xC3\xA4";
  CHECK(to_text(diagnostic) == "error: a\\nb\\tc\\x1b[31m\\x7f \xC3\xA4 [some-code]");
}

TEST_CASE("diagnostics keep the order in which they came and count errors only") {
  Diagnostics all;
  CHECK(all.empty());
  CHECK_FALSE(all.has_errors());
  all.add(with_severity(Severity::note));
  all.add(with_severity(Severity::warning));
  CHECK_FALSE(all.empty());
  CHECK_FALSE(all.has_errors());

  Diagnostics more;
  more.add(with_severity(Severity::error));
  more.add(with_severity(Severity::error));
  all.add(std::move(more));
  CHECK(all.has_errors());
  CHECK(all.error_count() == 2);
  REQUIRE(all.items().size() == 4);
  CHECK(all.items()[0].severity == Severity::note);
  CHECK(all.items()[1].severity == Severity::warning);
  CHECK(all.items()[3].severity == Severity::error);
}

TEST_CASE("the nearest name counts insertions, deletions, replacements and swaps as one") {
  const std::vector<std::string> names = {"swarm_size", "inertia", "personal_best_attraction"};
  CHECK(nearest_name("inertia", names) == "inertia");
  CHECK(nearest_name("inerti", names) == "inertia");
  CHECK(nearest_name("inertiaa", names) == "inertia");
  CHECK(nearest_name("inartia", names) == "inertia");
  CHECK(nearest_name("swarmsize", names) == "swarm_size");
  CHECK(nearest_name("SwarmSize", names) == "swarm_size");
  CHECK(nearest_name("personal_attraction", names) == "personal_best_attraction");
  CHECK(nearest_name("velocity", names).empty());
  CHECK(nearest_name("", names).empty());
  CHECK(nearest_name("x", {}).empty());
}

TEST_CASE("the nearest name lies within a third of the longer name plus one") {
  const std::vector<std::string> names = {"abcdef"};
  CHECK(nearest_name("abc", names) == "abcdef");  // three insertions, limit 6 / 3 + 1
  CHECK(nearest_name("ab", names).empty());
  CHECK(nearest_name("badcfe", names) == "abcdef");  // three swaps
  CHECK(nearest_name("xyzdef", names) == "abcdef");
  CHECK(nearest_name("wxyzef", names).empty());
  CHECK(nearest_name("a", std::vector<std::string>{"b"}).empty());  // short names are all near to each other
  CHECK(nearest_name("abc", std::vector<std::string>{"abd"}) == "abd");
}

TEST_CASE("among names of the same distance the first one is nearest") {
  CHECK(nearest_name("beat", std::vector<std::string>{"boat", "bear", "seat"}) == "boat");
  CHECK(nearest_name("beat", std::vector<std::string>{"bxxt", "seat", "boat"}) == "seat");
}

TEST_CASE("very long names are near to nothing") {
  const std::string longest(256, 'a');
  const std::string too_long(257, 'a');
  const std::vector<std::string> names = {too_long, longest};
  CHECK(nearest_name(longest.substr(1), names) == longest);
  CHECK(nearest_name(too_long, names).empty());
}

}  // namespace
