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

/// The codes in the first columns of the tables of docs/diagnostics.md.
std::vector<std::string> documented_codes() {
  std::istringstream page(text_of(SKEIN_SOURCE_DIR "/docs/diagnostics.md"));
  std::vector<std::string> codes;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `")) continue;
    const std::string column = line.substr(0, line.find('|', 1));
    for (std::size_t begin = column.find('`'); begin != std::string::npos; begin = column.find('`', begin)) {
      const std::size_t end = column.find('`', begin + 1);
      codes.push_back(column.substr(begin + 1, end - begin - 1));
      begin = end + 1;
    }
  }
  return codes;
}

TEST_CASE("every documented code of a diagnostic stands in a test") {
  std::string tests;
  for (const auto& entry : fs::recursive_directory_iterator(SKEIN_SOURCE_DIR "/tests")) {
    const std::string extension = entry.path().extension().string();
    const bool is_this_file = entry.path().filename() == "golden_test.cpp";
    if ((extension == ".txt" || extension == ".cpp") && !is_this_file) tests += text_of(entry.path());
  }
  // Neither a collision of 64-bit hashes nor a formatter that changes a meaning can be provoked; no shipped problem
  // has another encoding.
  const std::string untested = "stream-collision, not-formatted, unsupported-encoding";
  REQUIRE(documented_codes().size() > 60);
  for (const std::string& code : documented_codes()) {
    CAPTURE(code);
    const bool tested =
        tests.find("[" + code + "]") != std::string::npos || tests.find("\"" + code) != std::string::npos;
    CHECK(tested == (untested.find(code) == std::string::npos));
  }
}

}  // namespace
