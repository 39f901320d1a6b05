// Every command of docs/tutorial_graphs.md, with the output that stands below it.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "tests/apps/tool.hpp"

namespace {

using tool_test::Folder;
using tool_test::Outcome;

struct Command {
  std::string text;
  std::optional<std::string> output;  ///< where the page shows it
};

/// The blocks ```sh of a page; a block ```text that follows directly is the output.
std::vector<Command> commands_of(const std::string& page) {
  const std::regex pattern("```sh\n([^`]*)```\n(\n```text\n([^`]*)```\n)?");
  std::vector<Command> commands;
  for (std::sregex_iterator match(page.begin(), page.end(), pattern), end; match != end; ++match) {
    commands.push_back({(*match)[1].str(), std::nullopt});
    if ((*match)[2].matched) commands.back().output = (*match)[3].str();
  }
  return commands;
}

/// Without what depends on the machine's speed.
std::string stable(const std::string& report) {
  return std::regex_replace(report, std::regex("time          .*\n"), "time\n");
}

TEST_CASE("the commands of the tutorial on graphs say what the page shows") {
  std::ifstream file(SKEIN_SOURCE_DIR "/docs/tutorial_graphs.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const Folder folder;
  for (const char* name : {"apps", "plugins"}) {
    std::filesystem::create_directory_symlink(SKEIN_SOURCE_DIR "/" + std::string(name), folder.path(name));
  }
  const std::vector<Command> commands = commands_of(page);
  CHECK(commands.size() > 8);
  for (const Command& command : commands) {
    CAPTURE(command.text);
    const Outcome outcome =
        folder.shell(std::regex_replace(command.text, std::regex("build/bin/skein"), "\"$$SKEIN\""));
    const bool shows_error = command.output && command.output->find("error: ") != std::string::npos;
    CHECK(outcome.code == (shows_error ? 2 : 0));
    if (command.output) CHECK(stable(outcome.err + outcome.out) == stable(*command.output));
  }
}

TEST_CASE("every shipped run document is right and runs") {
  const Folder folder;
  std::size_t runs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SKEIN_SOURCE_DIR "/apps/examples")) {
    if (entry.path().extension() != ".json") continue;
    CAPTURE(entry.path().string());
    CHECK(folder.skein({"validate", entry.path().string()}).code == 0);
    if (entry.path().filename() == "random_search.json") continue;  // a graph
    CHECK(folder.skein({"run", entry.path().string(), "--json", "--set", "stop.iterations=20"}).code == 0);
    ++runs;
  }
  CHECK(runs >= 5);
}

}  // namespace
