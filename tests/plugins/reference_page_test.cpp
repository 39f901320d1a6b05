// docs/memory_efficient_pso.md names the test cases that prove what it says: each of them exists.
#include <doctest/doctest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// With one space for every run of white space.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char letter : text) {
    const bool is_space = std::isspace(static_cast<unsigned char>(letter)) != 0;
    if (!is_space) line += letter;
    if (is_space && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

std::set<std::string> names_of_test_cases() {
  const std::string begin = "TEST_CASE(";
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(SKEIN_SOURCE_DIR "/tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = content_of(entry.path());
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
      const std::size_t first = text.find('"', at) + 1;
      names.insert(text.substr(first, text.find('"', first) - first));
    }
  }
  return names;
}

/// What stands between single asterisks.
std::set<std::string> names_in(const std::string& page) {
  std::set<std::string> names;
  for (std::size_t at = page.find('*'); at != std::string::npos;) {
    const std::size_t end = page.find('*', at + 1);
    if (end == std::string::npos) break;
    names.insert(page.substr(at + 1, end - at - 1));
    at = page.find('*', end + 1);
  }
  return names;
}

}  // namespace

TEST_CASE("the page on the tuner names test cases that exist") {
  const std::set<std::string> known = names_of_test_cases();
  const std::set<std::string> named =
      names_in(on_one_line(content_of(SKEIN_SOURCE_DIR "/docs/memory_efficient_pso.md")));
  CHECK(known.size() > 500);
  CHECK(named.size() > 40);
  for (const std::string& name : named) CHECK_MESSAGE(known.contains(name), name);
}
