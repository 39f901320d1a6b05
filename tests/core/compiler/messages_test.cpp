// Golden texts: every document in messages/ gives exactly the findings in the .txt file beside it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/core/compiler/workbench.hpp"

namespace skein::test {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream stream(path);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> documents() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(SKEIN_SOURCE_DIR "/tests/core/compiler/messages")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// Whole sentences with a place, without a word of C++.
void check_form(const Diagnostic& diagnostic) {
  CAPTURE(to_text(diagnostic));
  CHECK(diagnostic.where.line != 0);
  CHECK_FALSE(diagnostic.path.empty());
  for (const char* word : {"::", "nullptr", "std", "variant", "uint", "index 18446744073709551615"}) {
    CHECK(to_text(diagnostic).find(word) == std::string::npos);
  }
  if (diagnostic.code.starts_with("expression-") || diagnostic.code == "file-not-found") return;  // these are phrases
  CHECK_FALSE(std::islower(static_cast<unsigned char>(diagnostic.message.front())));
  CHECK(diagnostic.message.back() == '.');
}

TEST_CASE("golden texts of what the compiler and the session report") {
  const Session session = make_session();
  REQUIRE(documents().size() > 10);
  for (const auto& file : documents()) {
    CAPTURE(file.filename().string());
    Diagnostics diagnostics;
    const auto document = session.read_run(text_of(file), file.filename().string(), diagnostics);
    CHECK_MESSAGE(document.has_value(), all_text(diagnostics));
    if (!document) continue;
    const bool job = session.prepare(*document, diagnostics).has_value();
    CHECK(job == !diagnostics.has_errors());
    for (const Diagnostic& diagnostic : diagnostics.items()) check_form(diagnostic);
    auto golden = file;
    golden.replace_extension(".txt");
    if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(golden) << all_text(diagnostics);
    CHECK(all_text(diagnostics) == text_of(golden));
  }
}

}  // namespace
}  // namespace skein::test
