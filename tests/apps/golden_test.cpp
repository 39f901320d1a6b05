// Golden texts: `skein validate` says of every document in documents/ exactly what stands in the .txt file beside it.
// SKEIN_WRITE_GOLDEN=1 in the environment writes these files.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/apps/tool.hpp"

namespace {

namespace fs = std::filesystem;
using tool_test::Folder;
using tool_test::Outcome;

std::string text_of(const fs::path& path) {
  std::ifstream stream(path);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<fs::path> documents() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(SKEIN_SOURCE_DIR "/tests/apps/documents")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

TEST_CASE("golden texts of what validate says of documents") {
  const Folder folder;
  for (const fs::path& file : documents()) fs::copy(file, folder.path(file.filename().string()));
  REQUIRE(documents().size() >= 3);
  for (const fs::path& file : documents()) {
    CAPTURE(file.filename().string());
    const Outcome outcome = folder.skein({"validate", file.filename().string()});
    const std::string said = outcome.err + "exit code " + std::to_string(outcome.code) + "\n";
    fs::path golden = file;
    golden.replace_extension(".txt");
    if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(golden) << said;
    CHECK(said == text_of(golden));
  }
}

}  // namespace
