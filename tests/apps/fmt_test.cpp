#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/apps/tool.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::SmallRun;
using tool_test::Words;

const std::string canonical_run =
    "{\"format\": \"skein/1\", \"algorithm\": \"particle_swarm\", \"problem\": \"sphere\", \"seed\": 2}  // a run\n";
const std::string other_run =
    "{\"seed\": 2, \"problem\": \"sphere\",\n  \"algorithm\": \"particle_swarm\", \"format\": \"skein/1\"} // a run";

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// All documents that are shipped.
std::vector<fs::path> documents() {
  std::vector<fs::path> files;
  for (const char* folder : {SKEIN_SOURCE_DIR "/apps/examples", SKEIN_SOURCE_DIR "/plugins"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

TEST_CASE("fmt rewrites a document and leaves it alone the second time") {
  const Folder folder;
  folder.write("run.json", other_run);
  const Outcome first = folder.skein({"fmt", "run.json"});
  CHECK(first.code == 0);
  CHECK(first.out == "run.json: rewritten\n");
  CHECK(folder.read("run.json") == canonical_run);
  CHECK(folder.skein({"fmt", "run.json"}).out == "run.json: canonical\n");
  CHECK(folder.names() == Words{"run.json"});
}

TEST_CASE("fmt keeps all comments and what shipped documents say") {
  const Folder folder;
  REQUIRE(documents().size() >= 5);
  for (const fs::path& file : documents()) {
    CAPTURE(file.string());
    const std::string name = file.filename().string();
    folder.write(name, text_of(file));
    CHECK(folder.skein({"fmt", name}).code == 0);
    CHECK(folder.skein({"fmt", "--check", name}).code == 0);
    const std::string formatted = folder.read(name);
    CHECK(json::parse(formatted, nullptr, true, true) == json::parse(text_of(file), nullptr, true, true));
    for (const std::string& text : {text_of(file), formatted}) {
      CHECK(std::ranges::count(text, '/') == std::ranges::count(text_of(file), '/'));
    }
  }
}

TEST_CASE("fmt --check writes nothing and exits with 1 for what is not canonical") {
  const Folder folder;
  folder.write("a.json", canonical_run);
  folder.write("b.json", other_run);
  CHECK(folder.skein({"fmt", "--check", "a.json"}).code == 0);
  const Outcome outcome = folder.skein({"fmt", "--check", "a.json", "b.json"});
  CHECK(outcome.code == 1);
  CHECK(outcome.out == "a.json: canonical\nb.json: not canonical\n");
  CHECK(folder.read("b.json") == other_run);
}

TEST_CASE("fmt does not touch a document with errors and goes on with the others") {
  const Folder folder;
  folder.write("wrong.json", "{\"format\": \"skein/1\", \"sed\": 1}");
  folder.write("right.json", other_run);
  const Outcome outcome = folder.skein({"fmt", "wrong.json", "missing.json", "right.json"});
  CHECK(outcome.code == 2);
  CHECK(outcome.says("wrong.json:1:23: error:"));
  CHECK(outcome.says("[file-not-found]"));
  CHECK(folder.read("wrong.json") == "{\"format\": \"skein/1\", \"sed\": 1}");
  CHECK(folder.read("right.json") == canonical_run);
  CHECK(folder.skein({"fmt", "--check", "wrong.json", "right.json"}).code == 2);
}

TEST_CASE("fmt prints with --stdout, and reads standard input as -") {
  const Folder folder;
  folder.write("run.json", other_run);
  CHECK(folder.skein({"fmt", "--stdout", "run.json"}).out == canonical_run);
  CHECK(folder.read("run.json") == other_run);
  CHECK(folder.skein({"fmt", "-"}, other_run).out == canonical_run);
  CHECK(folder.skein({"fmt", "--check", "-"}, other_run).code == 1);
  CHECK(folder.skein({"fmt", "-"}, "{}").says("standard input:1:1: error:"));
  CHECK(folder.skein({"fmt", "-", "run.json"}, other_run).code == 2);
  CHECK(folder.skein({"fmt", "--stdout", "--check", "run.json"}).code == 2);
}

TEST_CASE("fmt --json prints an object for each document") {
  const Folder folder;
  folder.write("run.json", other_run);
  folder.write("wrong.json", "{");
  const Outcome outcome = folder.skein({"fmt", "--json", "run.json", "wrong.json"});
  CHECK(outcome.code == 2);
  const json list = outcome.json();
  REQUIRE(list.size() == 2);
  CHECK(list[0].at("name") == "run.json");
  CHECK(list[0].at("canonical") == false);
  CHECK(list[0].at("rewritten") == true);
  CHECK(list[1].at("diagnostics").at(0).at("code") == "malformed-json");
  CHECK(folder.skein({"fmt", "--json", "--stdout", "run.json"}).json().at(0).at("text") == canonical_run);
}

TEST_CASE("fmt follows links and keeps permissions") {
  const Folder folder;
  folder.write("run.json", other_run);
  fs::permissions(folder.path("run.json"), fs::perms::owner_all);
  fs::create_symlink("run.json", folder.path("link.json"));
  CHECK(folder.skein({"fmt", "link.json"}).code == 0);
  CHECK(fs::is_symlink(folder.path("link.json")));
  CHECK(folder.read("run.json") == canonical_run);
  CHECK((fs::status(folder.path("run.json")).permissions() & fs::perms::owner_exec) != fs::perms::none);
}

}  // namespace
