#include "problems/external_program/program_file.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace skein::external_program {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0;
}

std::string found_in_path(const std::string& word) {
  const char* list = std::getenv("PATH");
  std::string_view rest = list == nullptr ? "/usr/local/bin:/usr/bin:/bin" : list;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const fs::path folder(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    // An empty entry would mean the current folder, in which nothing is looked for.
    if (folder.is_absolute() && is_program(folder / word)) return (folder / word).string();
  }
  return {};
}

}  // namespace

std::string program_file(const std::string& word, const std::string& document, std::string& problem) {
  if (word.find('/') == std::string::npos) {
    std::string found = found_in_path(word);
    if (found.empty()) problem = "There is no program '" + word + "' in the folders of PATH.";
    return found;
  }
  std::error_code error;
  const fs::path file = fs::absolute(fs::path(document).parent_path() / word, error).lexically_normal();
  if (is_program(file)) return file.string();
  problem = fs::exists(file, error) ? "The file '" + file.string() + "' is no program that can be started."
                                    : "There is no program '" + file.string() + "'.";
  return {};
}

}  // namespace skein::external_program
