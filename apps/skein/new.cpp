#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "apps/skein/command_line.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugin_skeleton.hpp"
#include "apps/skein/plugins.hpp"
#include "skein/json.hpp"
#include "skein/text_file.hpp"

namespace skein::tool {
namespace {

namespace fs = std::filesystem;

constexpr const char* examples =
    "  skein new plugin my_plugin\n"
    "  skein new plugin my_plugin --directory plugins/mine --json\n";

struct NewArguments {
  std::string kind;
  std::string name;
  std::string directory;
  CommonOptions common;
};

/// Files and folders that are removed again unless they are kept: all is written, or nothing.
class NewFiles {
 public:
  NewFiles() = default;
  NewFiles(const NewFiles&) = delete;
  NewFiles& operator=(const NewFiles&) = delete;
  ~NewFiles() {
    std::error_code ignored;
    for (; !made_.empty(); made_.pop_back()) fs::remove(made_.back(), ignored);
  }

  /// Makes the folder and those above it.
  void add_folder(const fs::path& folder, Diagnostics& diagnostics) {
    std::error_code error;
    if (folder.empty() || fs::is_directory(folder, error)) return;
    add_folder(folder.parent_path(), diagnostics);
    if (diagnostics.has_errors()) return;
    fs::create_directory(folder, error);
    if (error) {
      diagnostics.add({"output-unwritable",
                       Severity::error,
                       {folder.string(), 0, 0},
                       "",
                       "The folder cannot be made.",
                       "",
                       error.message(),
                       ""});
    } else {
      made_.push_back(folder);
    }
  }

  void add_file(const fs::path& file, const std::string& text, Diagnostics& diagnostics) {
    if (write_file_atomically(file.string(), text, diagnostics)) made_.push_back(file);
  }

  void keep() { made_.clear(); }

 private:
  std::vector<fs::path> made_;
};

void check_arguments(const NewArguments& given, Diagnostics& diagnostics) {
  if (given.kind != "plugin") {
    diagnostics.add(bad_argument("'" + given.kind + "' cannot be made", "plugin", "", "plugin"));
  }
  const std::string possible = possible_plugin_name(given.name);
  if (possible != given.name) {
    diagnostics.add(bad_argument("'" + given.name + "' cannot be the name of a plugin",
                                 "a lower case letter, then lower case letters, digits and _; no name of CMake's own",
                                 "", possible));
    return;
  }
  Diagnostics of_others;
  const Session session = open_session(given.common, of_others);
  if (session.registry().find_report(given.name) != nullptr) {
    diagnostics.add(bad_argument("there is a plugin '" + given.name + "' already", "a name of its own", "",
                                 possible_plugin_name("my_" + given.name)));
  }
}

void check_directory(const fs::path& directory, Diagnostics& diagnostics) {
  if (directory.empty()) {
    diagnostics.add(bad_argument("--directory needs the name of a folder", ". for this one"));
    return;
  }
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) return;
  if (fs::is_directory(status) && fs::is_empty(directory, error) && !error) return;
  diagnostics.add(bad_argument("the plugin cannot be written to '" + directory.string() + "'",
                               "a folder that does not exist or is empty", error ? error.message() : "",
                               "--directory"));
}

std::string report(const NewArguments& given, const std::vector<std::string>& files) {
  std::string text;
  for (const std::string& file : files) text += file + "\n";
  const bool is_here = fs::path(given.directory) == ".";
  return text + "\nto build and try it" + (is_here ? "" : ", in " + given.directory) +
         ":\n  cmake -B build && cmake --build build && ctest --test-dir build\n  skein run --plugin build/" +
         given.name + ".so example.json\n";
}

}  // namespace

int new_verb(const Arguments& arguments) {
  NewArguments given;
  CommandLine line("new", "Writes a plugin to start from: an operator, an updater of particles, a problem, a test.",
                   examples);
  line.add_argument("KIND", given.kind, "plugin");
  line.add_argument("NAME", given.name, "its name: lower case letters, digits and _");
  line.add_text("--directory", given.directory, "DIR", "the folder to write to; ./NAME unless given");
  line.add_json(given.common);
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics diagnostics;
  if (!line.has("--directory")) given.directory = given.name;
  check_arguments(given, diagnostics);
  if (!diagnostics.has_errors()) check_directory(given.directory, diagnostics);
  if (diagnostics.has_errors()) return refuse(diagnostics, given.common.json);

  NewFiles made;
  made.add_folder(given.directory, diagnostics);
  std::vector<std::string> files;
  List list;
  for (const SkeletonFile& file : plugin_skeleton(given.name)) {
    const fs::path path = fs::path(given.directory) / file.name;
    if (!diagnostics.has_errors()) made.add_file(path, file.text, diagnostics);
    list.emplace_back(files.emplace_back(path.string()));
  }
  if (diagnostics.has_errors()) return refuse(diagnostics, given.common.json);
  made.keep();
  return print_and_exit(given.common.json ? write_json(list) : report(given, files));
}

}  // namespace skein::tool
