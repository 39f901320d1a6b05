#include "apps/skein/plugin_skeleton.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "skein_embedded/new_plugin.hpp"

namespace skein::tool {
namespace {

constexpr std::size_t longest_name = 64;

/// Targets that CMake has or its generators make, and what a registry calls a program's own additions.
constexpr std::array<std::string_view, 14> taken_names = {"host",       "all",
                                                          "clean",      "depend",
                                                          "edit_cache", "help",
                                                          "install",    "list_install_components",
                                                          "package",    "package_source",
                                                          "preinstall", "rebuild_cache",
                                                          "test",       "skein"};

bool is_letter(char character) { return character >= 'a' && character <= 'z'; }
bool is_digit(char character) { return character >= '0' && character <= '9'; }

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string possible_plugin_name(std::string_view name) {
  std::string possible;
  for (const char character : name.substr(0, longest_name)) {
    const char lower = character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
    possible += is_letter(lower) || is_digit(lower) ? lower : '_';
  }
  if (possible.find_first_not_of('_') == std::string::npos) return "my_plugin";
  if (!is_letter(possible.front())) possible = "plugin" + std::string(possible.front() == '_' ? "" : "_") + possible;
  if (std::ranges::find(taken_names, possible) != taken_names.end()) possible += "_plugin";
  return possible.substr(0, longest_name);
}

std::vector<SkeletonFile> plugin_skeleton(const std::string& name) {
  std::vector<SkeletonFile> files;
  for (const EmbeddedDocument& document : embedded::new_plugin()) {
    SkeletonFile file{std::string(document.name), std::string(document.text)};
    replace_all(file.text, "@name@", name);
    replace_all(file.text, "@skein_version@", SKEIN_VERSION);
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace skein::tool
