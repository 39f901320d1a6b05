// `skein new plugin`: what it refuses, and that it writes all or nothing. tests/install builds what it writes.
#include <doctest/doctest.h>

#include <regex>
#include <string>

#include "tests/apps/tool.hpp"

namespace {

using tool_test::Folder;
using tool_test::Outcome;
using tool_test::Words;

/// The name that is suggested for `name`; "" when it can be used.
std::string suggestion_for(const std::string& name) {
  const Folder folder;
  const Outcome outcome = folder.skein({"new", "plugin", "--json", "--", name});
  CHECK(outcome.code == (outcome.err.empty() ? 0 : 2));
  if (outcome.code == 0) return "";
  CHECK(folder.names().empty());
  return outcome.json().at("diagnostics").at(0).at("suggestion");
}

TEST_CASE("a new plugin is written with its name in place of every placeholder") {
  const Folder folder;
  const Outcome outcome = folder.skein({"new", "plugin", "fine_2", "--json"});
  CHECK(outcome.code == 0);
  const auto files = outcome.json().get<Words>();
  CHECK(files.size() == 9);
  for (const std::string& file : files) {
    CAPTURE(file);
    const std::string text = folder.read(file);
    CHECK(!text.empty());
    CHECK(!std::regex_search(text, std::regex("@[a-z_]+@")));
  }
  CHECK(folder.read("fine_2/plugin.cpp").find(".name = \"fine_2\"") != std::string::npos);
  CHECK(folder.skein({"fmt", "--check", "fine_2/example.json"}).code == 0);
}

TEST_CASE("a name that no plugin can have is refused, with one that it can have") {
  CHECK(suggestion_for("a").empty());
  CHECK(suggestion_for("My-Plugin") == "my_plugin");
  CHECK(suggestion_for("2nd") == "plugin_2nd");
  CHECK(suggestion_for("_x") == "plugin_x");
  CHECK(suggestion_for("../x") == "plugin___x");
  CHECK(suggestion_for("") == "my_plugin");
  CHECK(suggestion_for("test") == "test_plugin");
  CHECK(suggestion_for("host") == "host_plugin");
  CHECK(suggestion_for("operators") == "my_operators");
  CHECK(suggestion_for(std::string(65, 'a')) == std::string(64, 'a'));
}

TEST_CASE("only plugins can be made") {
  const Folder folder;
  const Outcome outcome = folder.skein({"new", "operator", "x"});
  CHECK(outcome.code == 2);
  CHECK(outcome.says("'operator' cannot be made"));
}

TEST_CASE("a folder that holds something is left as it is, an empty one is filled") {
  const Folder folder;
  folder.write("note.txt", "mine");
  CHECK(folder.skein({"new", "plugin", "x", "--directory", "."}).code == 2);
  CHECK(folder.skein({"new", "plugin", "x", "--directory", "note.txt"}).code == 2);
  CHECK(folder.skein({"new", "plugin", "x", "--directory", ""}).code == 2);
  CHECK(folder.names() == Words{"note.txt"});
  CHECK(folder.skein({"new", "plugin", "x", "--directory", "deep/er/"}).code == 0);
  CHECK(folder.has("deep/er/plugin.cpp"));
  std::filesystem::create_directory(folder.path("empty"));
  CHECK(folder.skein({"new", "plugin", "x", "--directory", "empty"}).code == 0);
}

TEST_CASE("what cannot be written leaves nothing behind") {
  const Folder folder;
  folder.write("note.txt", "mine");
  CHECK(folder.skein({"new", "plugin", "x", "--directory", "note.txt/x"}).code == 2);
  // Folders can be made, but no file of more than some KiB.
  CHECK(folder.shell("ulimit -f 2; \"$SKEIN\" new plugin x --directory deep/er").code == 2);
  CHECK(folder.names() == Words{"note.txt"});
  CHECK(!folder.has("deep"));
}

}  // namespace
