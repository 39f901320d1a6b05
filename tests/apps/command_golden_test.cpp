// Golden texts: what the tool says of wrong commands. commands.txt holds them with standard error and the exit code;
// SKEIN_WRITE_GOLDEN=1 in the environment writes it anew.
#include <doctest/doctest.h>

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

const char* const golden_file = SKEIN_SOURCE_DIR "/tests/apps/commands.txt";

std::vector<std::string> commands(const std::string& golden) {
  std::vector<std::string> found;
  std::istringstream lines(golden);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("$ skein")) found.push_back(line.substr(7));
  }
  return found;
}

TEST_CASE("golden texts of what the tool says of wrong commands") {
  std::ostringstream content;
  content << std::ifstream(golden_file).rdbuf();
  const std::string golden = content.str();
  const Folder folder;
  for (const auto& entry : fs::directory_iterator(SKEIN_SOURCE_DIR "/tests/apps/documents")) {
    if (entry.path().extension() == ".json") fs::copy(entry.path(), folder.path(entry.path().filename().string()));
  }
  const tool_test::Words files = folder.names();
  REQUIRE(commands(golden).size() > 10);
  std::string said;
  for (const std::string& command : commands(golden)) {
    CAPTURE(command);
    const Outcome outcome = folder.shell("\"$SKEIN\"" + command);
    said += "$ skein" + command + "\n" + outcome.err + "exit code " + std::to_string(outcome.code) + "\n\n";
    // What a run leaves behind that ends before its time.
    for (const std::string& name : folder.names()) {
      if (name.ends_with(".checkpoint") && outcome.says("\"" + name + "\"")) fs::remove(folder.path(name));
    }
    CHECK(folder.names() == files);
  }
  if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(golden_file) << said;
  CHECK(said == golden);
}

}  // namespace
