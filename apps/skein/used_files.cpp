#include "apps/skein/used_files.hpp"

#include <filesystem>
#include <system_error>

#include "apps/skein/output.hpp"

namespace skein::tool {
namespace {

namespace fs = std::filesystem;

bool is_one_file(const std::string& first, const std::string& second) {
  if (first.empty() || second.empty()) return false;
  std::error_code error;
  const fs::file_status status = fs::status(first, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) return false;
  if (fs::equivalent(first, second, error) && !error) return true;
  const auto place = [&](const std::string& file) { return fs::weakly_canonical(fs::absolute(file, error), error); };
  const fs::path of_first = place(first);
  return !error && of_first == place(second) && !error;
}

}  // namespace

void check_distinct(const std::vector<UsedFile>& files, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool is_harmless = files[i].option == files[j].option || (!files[i].is_written && !files[j].is_written);
      if (is_harmless || !is_one_file(files[i].file, files[j].file)) continue;
      diagnostics.add(bad_argument(files[j].option + " and " + files[i].option + " would be one file", "two files",
                                   "'" + files[i].file + "'"));
    }
  }
}

}  // namespace skein::tool
