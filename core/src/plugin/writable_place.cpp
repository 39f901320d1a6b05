#include "plugin/writable_place.hpp"

#include <iterator>
#include <system_error>
#include <utility>

namespace skein::plugin {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as the kernel has it

fs::perms permissions_of(const fs::path& path) {
  std::error_code error;
  return fs::status(path, error).permissions();
}

bool has(fs::perms permissions, fs::perms wanted) { return (permissions & wanted) != fs::perms::none; }

/// In a folder with the sticky bit, such as /tmp, nobody replaces what another one has made. Who may make links or
/// plugins there chooses what is loaded all the same.
bool is_open(const fs::path& folder, bool may_be_sticky) {
  const fs::perms permissions = permissions_of(folder);
  return has(permissions, fs::perms::others_write) && !(may_be_sticky && has(permissions, fs::perms::sticky_bit));
}

}  // namespace

std::string writable_place(const fs::path& path) {
  fs::path folder = path.root_path();  // never over a link
  fs::path rest = path.relative_path();
  for (int links = 0; !rest.empty();) {
    const fs::path name = *rest.begin();
    fs::path others;
    for (auto part = std::next(rest.begin()); part != rest.end(); ++part) others /= *part;
    rest = std::move(others);
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      folder = folder.parent_path();
      continue;
    }
    const fs::path place = folder / name;
    std::error_code error;
    const bool is_link = fs::is_symlink(place, error);
    if (is_open(folder, !is_link && !rest.empty())) return "into the folder " + folder.string();
    if (!is_link) {
      folder = place;
      continue;
    }
    if (++links > most_links) break;
    const fs::path target = fs::read_symlink(place, error);
    if (target.is_absolute()) folder = target.root_path();
    rest = target.relative_path() / rest;
  }
  return has(permissions_of(folder), fs::perms::others_write) ? "this file" : "";
}

}  // namespace skein::plugin
