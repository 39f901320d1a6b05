// Plugins that are refused, and what documents then miss. plugin_commands.txt holds commands with what they print and
// the exit code; SKEIN_WRITE_GOLDEN=1 in the environment writes it anew.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/apps/tool.hpp"

namespace {

namespace fs = std::filesystem;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::SmallRun;

const char* const golden_file = SKEIN_SOURCE_DIR "/tests/apps/plugin_commands.txt";

/// A folder with a small run, other documents, and plugins: one that is right and some that are refused.
struct PluginFolder : SmallRun {
  PluginFolder() {
    fs::create_directory(path("plugins"));
    fs::create_directory(path("right"));
    for (const char* name : {"needs_missing", "register_throws", "other_api_major"}) copy(name, "plugins");
    copy("good", "right");
    fs::create_directory(path("checked"));
    for (const char* name : {"breaks_contract", "constructor_crashes", "fast_arithmetic", "second_sphere",
                             "constructor_aborts", "constructor_throws", "operator_hangs"})
      copy(name, "checked");
    write("plugins/text.so", "no plugin");
    // A libskein that stands alone: it finds itself, but no shipped plugins.
    fs::create_directories(path("moved/lib"));
    for (const auto& entry : fs::directory_iterator(fs::path(SKEIN_TOOL).parent_path().parent_path() / "lib")) {
      const fs::path name = entry.path().filename();
      if (name.string().starts_with("libskein.so"))
        fs::copy(entry.path(), path("moved/lib") / name, fs::copy_options::copy_symlinks);
    }
    write("requires.json", R"({"format": "skein/1", "graph": "g",
  "requires": {
    "no_such_plugin": ">=1",
    "operator": "",
    "needs_missing": ">=1",
    "operators": ">=9.1 <10",
    "real_vector": ">=0.1 <1",
    "test_functions": "latest"
  },
  "nodes": {"a": {"operator": "wanted_operator"}, "b": {"operator": "needs_missing:another"},
            "c": {"graph": "half_graph"}, "d": {"operator": "never_heard:of"}},
  "flow": ["a", "b", "c", "d"]})");
    write("wants_all.json", R"({"format": "skein/1", "run": "r",
  "requires": {"needs_missing": ">=1"},
  "algorithm": "wanted_algorithm",
  "problem": {"name": "wanted_problem", "dimension": 3}, "seed": 1, "stop": {"iterations": 2}})");
  }

  void copy(const std::string& plugin, const std::string& folder) const {
    fs::copy_file(fs::path(SKEIN_BROKEN_PLUGINS) / (plugin + ".so"), path(folder) / (plugin + ".so"));
  }

  [[nodiscard]] std::string stable(std::string text) const {
    const std::string folder = fs::canonical(path("plugins")).parent_path().string();
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
      text.replace(at, folder.size(), "FOLDER");
    }
    const std::string shipped = (fs::path(SKEIN_TOOL).parent_path().parent_path() / "lib/skein/plugins").string();
    for (std::size_t at = text.find(shipped); at != std::string::npos; at = text.find(shipped)) {
      text.replace(at, shipped.size(), "SHIPPED");
    }
    return text;
  }
};

TEST_CASE("golden texts of what the tool says of plugins that are refused") {
  std::ostringstream content;
  content << std::ifstream(golden_file).rdbuf();
  const std::string golden = content.str();
  const PluginFolder folder;
  std::istringstream lines(golden);
  std::string said;
  int count = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("$ ")) continue;
    ++count;
    std::string command = line.substr(2);
    command.replace(command.find("skein "), 5, "\"$SKEIN\"");
    CAPTURE(command);
    const Outcome outcome = folder.shell(command);
    said +=
        line + "\n" + folder.stable(outcome.out + outcome.err) + "exit code " + std::to_string(outcome.code) + "\n\n";
  }
  CHECK(count >= 10);
  if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(golden_file) << said;
  CHECK(said == golden);
}

TEST_CASE("a run goes on when a plugin that was only found is refused") {
  const PluginFolder folder;
  const Outcome outcome = folder.shell("SKEIN_PLUGIN_PATH=plugins:right \"$SKEIN\" run run.json --quiet --json");
  CHECK(outcome.code == 0);
  CHECK(outcome.json()["evaluations"].get<int>() > 0);
  for (const char* file : {"needs_missing.so", "register_throws.so", "other_api_major.so", "text.so"}) {
    CAPTURE(file);
    CHECK(outcome.says(std::string(file) + ": warning: "));
  }
  CHECK(outcome.says("4 warnings"));
}

TEST_CASE("no run starts when a plugin that was asked for is refused") {
  const PluginFolder folder;
  const Outcome outcome = folder.skein({"run", "run.json", "--json", "--output", "result.json", "--plugin",
                                        "right/good.so", "--plugin", "plugins/text.so"});
  CHECK(outcome.code == 2);
  CHECK_FALSE(folder.has("result.json"));
  const nlohmann::json said = outcome.json();
  CHECK(said["error"] == "1 error");
  REQUIRE(said["diagnostics"].size() == 1);
  CHECK(said["diagnostics"][0]["code"] == "not-a-plugin");
  CHECK(said["diagnostics"][0]["severity"] == "error");
  CHECK(folder.stable(said["diagnostics"][0]["file"]) == "FOLDER/plugins/text.so");
}

TEST_CASE("what a plugin prints while it is tried does not reach the output") {
  const PluginFolder folder;
  folder.copy("constructor_aborts", "right");
  const Outcome outcome = folder.shell("SKEIN_PLUGIN_PATH=right \"$SKEIN\" list plugins --json");
  CHECK(outcome.code == 0);
  CHECK(outcome.json().is_array());
  CHECK(outcome.says("its last words: constructor_aborts: the table of primes is damaged"));
  CHECK_FALSE(outcome.says("starting"));
}

TEST_CASE("every shipped plugin keeps the contract that the tool checks") {
  const Folder folder;
  std::size_t checked = 0;
  const fs::path plugins = fs::path(SKEIN_TOOL).parent_path().parent_path() / "lib/skein/plugins";
  for (const auto& entry : fs::directory_iterator(plugins)) {
    // Elementary operators are many, and keep it in their own tests.
    if (entry.path().extension() != ".so" || entry.path().stem() == "operators") continue;
    const Outcome outcome = folder.skein({"check-plugin", entry.path().string()});
    CHECK_MESSAGE(outcome.code == 0, outcome.out);
    ++checked;
  }
  CHECK(checked >= 17);
}

}  // namespace
