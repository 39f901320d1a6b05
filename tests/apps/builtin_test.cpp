// The tool with everything built in does what the tool with plugins does.
#include <doctest/doctest.h>

#include <string>

#include "tests/apps/tool.hpp"

namespace {

using tool_test::SmallRun;

#ifdef SKEIN_BUILTIN_TOOL

nlohmann::json result_of(const SmallRun& folder, const std::string& tool) {
  return tool_test::repeatable(folder.shell(tool + " run run.json --quiet --json"));
}

TEST_CASE("the tool with plugins built in lists and runs the same") {
  const SmallRun folder;
  const std::string builtin = "\"" SKEIN_BUILTIN_TOOL "\"";
  for (const std::string kind : {"operators", "roles", "encodings", "problems", "algorithms"}) {
    CAPTURE(kind);
    const std::string listed = folder.shell(builtin + " list " + kind + " --json").out;
    CHECK(listed.size() > 100);
    CHECK(listed == folder.skein({"list", kind, "--json"}).out);
  }
  CHECK(result_of(folder, builtin) == result_of(folder, "\"$SKEIN\""));
  for (const nlohmann::json& plugin : folder.shell(builtin + " list plugins --json").json()) {
    CHECK(plugin.at("file") == "built in");
    CHECK(plugin.at("state") == "loaded");
  }
}

TEST_CASE("the tool with plugins built in loads no others, and says so") {
  const SmallRun folder;
  const tool_test::Outcome outcome = folder.shell("\"" SKEIN_BUILTIN_TOOL "\" run run.json --plugin other.so");
  CHECK(outcome.code == 2);
  CHECK(outcome.err ==
        "error: this skein has its plugins built in and loads no others [bad-argument]\n"
        "  expected: the skein without built-in plugins\n"
        "  found: --plugin other.so\n"
        "1 error\n");
}

#endif

TEST_CASE("a result names the plugins that it was made with") {
  const SmallRun folder;
  const nlohmann::json plugins = folder.skein({"run", "run.json", "--quiet", "--json"}).json().at("plugins");
  CHECK(plugins.size() == 4);
  for (const char* name : {"operators", "particle_swarm", "real_vector", "test_functions"}) {
    CHECK(plugins.at(name) == SKEIN_VERSION);
  }
}

}  // namespace
