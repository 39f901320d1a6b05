#include "plugin/search.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "plugin/engine_file.hpp"
#include "plugin/refusal.hpp"
#include "plugin/writable_place.hpp"

namespace skein {
namespace fs = std::filesystem;

namespace plugin {
namespace {

/// The given path where it cannot be made absolute: the current folder may be gone.
fs::path made_absolute(const fs::path& given) {
  std::error_code error;
  fs::path path = fs::absolute(given, error);
  return error ? given : path;
}

class Search {
 public:
  Search(bool allow_writable, Diagnostics& diagnostics) : allow_writable_(allow_writable), diagnostics_(diagnostics) {}

  void add_file(const fs::path& given, bool asked_for) {
    PluginFile file{plugin_path(given.string()), asked_for, {}};
    std::error_code error;
    const fs::file_status status = fs::status(given, error);
    if (std::ranges::any_of(files_, [&](const PluginFile& other) { return other.path == file.path; })) return;
    if (given.empty()) {
      file.findings.add(
          refusal("unreadable-plugin", "", "The path of a plugin is empty.", "the path of a shared object (*.so)"));
    } else if (error) {
      file.findings.add(refusal("unreadable-plugin", given.string(),
                                "The plugin cannot be opened: " + error.message() + ".", "", "",
                                error == std::errc::no_such_file_or_directory ? "check the path" : ""));
    } else if (!fs::is_regular_file(status)) {
      file.findings.add(refusal("unreadable-plugin", given.string(), "This is a folder or device, not a file.",
                                "a shared object (*.so)"));
    } else if (const std::string place = allow_writable_ ? "" : writable_place(made_absolute(given)); !place.empty()) {
      file.findings.add(refusal("writable-plugin", file.path,
                                "Every user may write " + place + ": what is loaded from there could be anyone's code.",
                                "a file that only its owner may change or replace", "",
                                "chmod o-w, or --allow-writable-plugin-directory"));
    }
    files_.push_back(std::move(file));
  }

  void add_directory(const std::string& directory) {
    std::error_code error;
    std::vector<fs::path> found;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
      if (entry->path().extension() == ".so") found.push_back(entry->path());
    }
    if (error) {
      const bool is_shipped = directory == shipped_plugin_directory();
      Diagnostic warning = refusal(
          "unreadable-plugin-directory", directory,
          is_shipped ? "The shipped plugins cannot be looked for in this folder: " + error.message() + "."
                     : "Plugins cannot be looked for in this folder: " + error.message() + ".",
          "", "", is_shipped ? "install Skein as a whole, or name folders of plugins with SKEIN_PLUGIN_PATH" : "");
      warning.severity = Severity::warning;
      diagnostics_.add(std::move(warning));
    }
    std::ranges::sort(found);
    for (const fs::path& path : found) add_file(path, false);
  }

  [[nodiscard]] std::vector<PluginFile> take() && { return std::move(files_); }

 private:
  bool allow_writable_;
  Diagnostics& diagnostics_;
  std::vector<PluginFile> files_;
};

}  // namespace

std::vector<PluginFile> find_plugin_files(const PluginSources& sources, Diagnostics& diagnostics) {
  Search search(sources.allow_writable_directories, diagnostics);
  for (const std::string& file : sources.files) search.add_file(file, true);
  for (const std::string& directory : sources.directories) search.add_directory(directory);
  return std::move(search).take();
}

}  // namespace plugin

std::string plugin_path(const std::string& given) {
  std::error_code error;
  const fs::path path = fs::canonical(given, error);
  return error ? plugin::made_absolute(given).string() : path.string();
}

std::string shipped_plugin_directory() {
  const fs::path folder = plugin::engine_file().parent_path();
  if (folder.empty()) return "";
  std::error_code error;
  const fs::path beside = folder / "skein" / "plugins";
  return (fs::exists(beside, error) ? beside : folder.parent_path() / "lib" / "skein" / "plugins").string();
}

PluginSources standard_plugin_sources() {
  PluginSources sources;
  const char* given = std::getenv("SKEIN_PLUGIN_PATH");
  std::string_view path = given == nullptr ? "" : given;
  while (!path.empty()) {
    const std::size_t colon = std::min(path.find(':'), path.size());
    if (colon != 0) sources.directories.emplace_back(path.substr(0, colon));
    path.remove_prefix(std::min(colon + 1, path.size()));
  }
  if (std::string shipped = shipped_plugin_directory(); !shipped.empty()) {
    sources.directories.push_back(std::move(shipped));
  }
  return sources;
}

}  // namespace skein
