#include <doctest/doctest.h>

#include <fstream>
#include <regex>
#include <string>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::SmallRun;

/// The report without what depends on the machine's speed.
std::string stable(std::string report) {
  report = std::regex_replace(report, std::regex("time          .*\n"), "time\n");
  return std::regex_replace(report, std::regex("serial        .*\n(              .*\n)*"), "");
}

TEST_CASE("the report says what a run found") {
  const SmallRun folder;
  const Outcome outcome =
      folder.run({"problem.parameters={\"lower\": 1, \"upper\": 1}"}, {"--threads", "1", "--quiet"});
  CHECK(outcome.err.empty());
  CHECK(stable(outcome.out) ==
        "run           small\n"
        "problem       sphere, dimension 3, minimized\n"
        "algorithm     particle_swarm, seed 1\n"
        "best value    3\n"
        "found at      1, 1, 1\n"
        "evaluations   210 in 20 iterations\n"
        "ended by      the limit of 20 iterations\n"
        "time\n");
}

TEST_CASE("the report shows ten coordinates and says where the others are") {
  const SmallRun folder;
  const tool_test::Words assignments = {"problem.dimension=12", "problem.parameters={\"lower\": 1, \"upper\": 1}"};
  CHECK(folder.run(assignments).out.find("1, … 2 more: --json or --output FILE gives all\n") != std::string::npos);
  const Outcome outcome = folder.run(assignments, {"--output", "r.json"});
  CHECK(outcome.out.find("1, … 2 more: all are in r.json\n") != std::string::npos);
  CHECK(outcome.out.find("result        r.json\n") != std::string::npos);
}

TEST_CASE("the report compares with the best known value") {
  const SmallRun folder;
  CHECK(folder.run({}).out.find("from the best known value 0\n") != std::string::npos);
}

TEST_CASE("on a terminal a bar shows how far the run is") {
  const SmallRun folder;
  // Standard error is a terminal; standard output goes to a file, so that only progress is seen.
  const Outcome outcome = folder.shell("script -qec \"'$SKEIN' run run.json > report.txt\" /dev/null < /dev/null");
  CHECK(outcome.code == 0);
  CHECK_MESSAGE(outcome.out.find("\r[####################] iteration 20/20") != std::string::npos, outcome.out);
  CHECK(outcome.out.find("best ") != std::string::npos);
}

TEST_CASE("progress goes to standard error, with a first and a last line") {
  const SmallRun folder;
  const Outcome outcome = folder.run({}, {"--threads", "1"});
  CHECK(outcome.says("particle_swarm on sphere, dimension 3, seed 1, 1 thread\n"));
  CHECK(outcome.says("iteration 20/20"));
  CHECK(!outcome.says("\r"));
}

TEST_CASE("the rate of a run that goes on counts from there") {
  const SmallRun folder;
  REQUIRE(folder.run({}, {"--quiet", "--checkpoint", "state"}).code == 0);
  CHECK(folder.skein({"run", "--resume", "state"}).says("  0 evaluations/s"));
}

TEST_CASE("a report holds nothing that a terminal would obey") {
  const SmallRun folder;
  const Outcome outcome = folder.run({R"(run="red \u001b[31m run")"}, {"--quiet"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out.find("red [31m run") != std::string::npos);
  CHECK(outcome.out.find('\x1b') == std::string::npos);
}

TEST_CASE("validate says for each document whether it is right") {
  const SmallRun folder;
  folder.write("wrong.json", "{\n  \"format\": \"skein/1\"\n}\n");
  CHECK(folder.skein({"validate", "run.json"}).out == "run.json: no errors\n");
  CHECK(folder.skein({"validate", "run.json"}).err ==
        "run.json:1:1: note: This run gives the same numbers on every machine, for any number of threads. "
        "[reproducibility]\n  found: tier 1\n");
  const Outcome outcome = folder.skein({"validate", "run.json", "wrong.json"});
  CHECK(outcome.code == 2);
  CHECK(outcome.says("wrong.json:1:1: error:"));
  CHECK(outcome.out.find("run.json: no errors\nwrong.json: ") == 0);
}

TEST_CASE("validate --json prints an array of findings with the keys of the contract") {
  const SmallRun folder;
  const json note = folder.skein({"validate", "--json", "run.json"}).json();
  REQUIRE(note.size() == 1);
  CHECK(note[0].at("severity") == "note");
  CHECK(note[0].at("code") == "reproducibility");
  folder.write("wrong.json", R"({"format": "skein/1", "algorithm": "particle_swarm", "problem": "spere"})");
  const Outcome outcome = folder.skein({"validate", "wrong.json", "--json"});
  CHECK(outcome.code == 2);
  CHECK(outcome.err.empty());
  const json findings = outcome.json();
  REQUIRE(findings.size() == 1);
  for (const char* key :
       {"code", "severity", "file", "line", "column", "path", "message", "expected", "found", "suggestion"}) {
    CHECK(findings[0].contains(key));
  }
  CHECK(findings[0].at("code") == "unknown-problem");
  CHECK(findings[0].at("severity") == "error");
  CHECK(findings[0].at("file") == "wrong.json");
  CHECK(findings[0].at("line") == 1);
}

TEST_CASE("help and version go to standard output") {
  const Folder folder;
  for (const char* word : {"--help", "-h", "help"}) {
    const Outcome outcome = folder.skein({word});
    CHECK(outcome.code == 0);
    CHECK(outcome.out.find("Exit codes:") != std::string::npos);
  }
  for (const char* verb : {"run", "validate", "fmt", "evaluate", "list", "describe", "graph", "new"}) {
    const Outcome outcome = folder.skein({verb, "--help"});
    CHECK(outcome.code == 0);
    CHECK(outcome.out.find("Examples:") != std::string::npos);
    CHECK(outcome.out.find("--json") != std::string::npos);
  }
  CHECK(std::regex_match(folder.skein({"--version"}).out, std::regex("skein [0-9]+\\.[0-9]+\\.[0-9]+\n")));
}

/// The commands of a help text: the lines below "Examples:" that start with "  skein" or "  echo".
tool_test::Words examples(const std::string& help) {
  tool_test::Words commands;
  std::size_t start = help.find("Examples:\n");
  while (start != std::string::npos && (start = help.find("\n  ", start)) != std::string::npos) {
    const std::size_t end = help.find('\n', start + 1);
    commands.push_back(help.substr(start + 3, end - start - 3));
    start = end;
  }
  return commands;
}

TEST_CASE("the examples of the help work") {
  const Folder folder;
  std::filesystem::create_directories(folder.path("apps"));
  std::filesystem::create_directory_symlink(SKEIN_SOURCE_DIR "/apps/examples", folder.path("apps/examples"));
  for (const char* verb : {"", "run", "validate", "fmt", "evaluate", "list", "describe", "graph", "new"}) {
    for (const std::string& command : examples(folder.shell(std::string("$SKEIN ") + verb + " --help").out)) {
      CAPTURE(command);
      CHECK(folder.shell("skein() { \"$SKEIN\" \"$@\"; }; " + command).code == 0);
    }
  }
}

/// The commands in the blocks of a page.
tool_test::Words commands_of(const std::string& page) {
  std::ifstream stream(page);
  tool_test::Words commands;
  bool in_block = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("```")) {
      in_block = line == "```sh";
    } else if (in_block) {
      commands.push_back(std::regex_replace(line, std::regex("build/bin/skein "), "skein "));
    }
  }
  return commands;
}

TEST_CASE("the examples of the page on the tool work") {
  const Folder folder;
  std::filesystem::create_directories(folder.path("apps"));
  std::filesystem::create_directory_symlink(SKEIN_SOURCE_DIR "/apps/examples", folder.path("apps/examples"));
  std::filesystem::create_directory(folder.path("build"));
  const std::filesystem::path build = std::filesystem::path(SKEIN_TOOL).parent_path().parent_path();
  std::filesystem::create_directory_symlink(build / "lib", folder.path("build/lib"));
  const tool_test::Words commands = commands_of(SKEIN_SOURCE_DIR "/docs/tool.md");
  CHECK(commands.size() >= 15);
  for (const std::string& command : commands) {
    CAPTURE(command);
    CHECK(folder.shell("skein() { \"$SKEIN\" \"$@\"; }; " + command).code == 0);
  }
}

}  // namespace
