// Golden texts: every instance file in instances/broken/ gives exactly the findings in the .txt file beside it.
// SKEIN_WRITE_GOLDEN=1 in the environment writes these files.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "problems/combinatorial/knapsack_file.hpp"
#include "problems/combinatorial/tsplib_file.hpp"

using namespace skein;

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<fs::path> broken_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(SKEIN_SOURCE_DIR "/tests/problems/instances/broken")) {
    if (entry.path().extension() != ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// Reads a file of either kind; says whether something came of it.
bool read(const fs::path& file, const std::string& text, Diagnostics& diagnostics) {
  const std::string name = file.filename().string();
  if (file.extension() == ".tsp") return read_tsplib(text, name, diagnostics).has_value();
  return !read_knapsacks(text, name, diagnostics).empty();
}

}  // namespace

TEST_CASE("golden texts of what is wrong with instance files") {
  REQUIRE(broken_files().size() >= 19);
  for (const fs::path& file : broken_files()) {
    CAPTURE(file.filename().string());
    Diagnostics diagnostics;
    CHECK_FALSE(read(file, text_of(file), diagnostics));
    std::string said;
    for (const Diagnostic& diagnostic : diagnostics.items()) {
      said += to_text(diagnostic) + "\n";
      CHECK(diagnostic.code == "bad-instance");
      CHECK_FALSE(diagnostic.expected.empty());
    }
    fs::path golden = file;
    golden += ".txt";
    if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(golden) << said;
    CHECK(said == text_of(golden));
  }
}

TEST_CASE("right instance files that are cut off anywhere are refused or right") {
  for (const char* name : {"burma14.tsp", "mknap1.txt"}) {
    const std::string whole = text_of(fs::path(SKEIN_SOURCE_DIR "/problems/combinatorial/instances") / name);
    REQUIRE(whole.size() > 100);
    for (std::size_t size = 0; size < whole.size(); size += 7) {
      Diagnostics diagnostics;
      const bool is_right = read(name, whole.substr(0, size), diagnostics);
      CHECK(is_right == diagnostics.empty());
    }
  }
}

TEST_CASE("a file of garbage gives a bounded number of findings") {
  std::string garbage;
  for (int i = 0; i < 10000; ++i) garbage += "garbage " + std::to_string(i) + "\n";
  Diagnostics diagnostics;
  CHECK_FALSE(read("garbage.tsp", garbage, diagnostics));
  CHECK_FALSE(read("garbage.mknap", "1 9000 1 0 " + garbage, diagnostics));
  CHECK(diagnostics.items().size() == 200);
}
