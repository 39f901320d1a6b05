#include "apps/skein/used_files.hpp"

#include <filesystem>
#include <system_error>

#include "apps/skein/output.hpp"

namespace skein::tool {
namespace {

namespace fs = std::filesystem;

/// Where a file is, or would be.
struct Place {
  fs::path path;  ///< empty: nowhere, or what may be used twice
  bool exists = false;
};

Place place_of(const std::string& file) {
  if (file.empty()) return {};
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) return {};
  fs::path path = fs::weakly_canonical(fs::absolute(file, error), error);
  return {error ? fs::path() : std::move(path), fs::exists(status)};
}

bool is_one_file(const Place& first, const Place& second) {
  if (first.path.empty() || second.path.empty()) return false;
  std::error_code ignored;
  return first.path == second.path ||
         (first.exists && second.exists && fs::equivalent(first.path, second.path, ignored));
}

}  // namespace

void check_distinct(const std::vector<UsedFile>& files, Diagnostics& diagnostics) {
  std::vector<Place> places;
  for (const UsedFile& used : files) places.push_back(place_of(used.file));
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool is_harmless = files[i].what == files[j].what || (!files[i].is_written && !files[j].is_written);
      if (is_harmless || !is_one_file(places[i], places[j])) continue;
      diagnostics.add(bad_argument(files[j].what + " and " + files[i].what + " would be one file", "two files",
                                   "'" + files[i].file + "'"));
    }
  }
}

}  // namespace skein::tool
