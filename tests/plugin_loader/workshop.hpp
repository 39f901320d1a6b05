// A folder of plugins for one test: right ones, broken ones, and files that are made on the spot.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/plugin_report.hpp"
#include "skein/plugin_sources.hpp"
#include "skein/session.hpp"

namespace loader_test {

/// What a blank plugin says of itself.
struct Words {
  std::string name{};
  std::string version = "1.0.0";
  std::string dependencies{};
};

/// A session and what was said when it loaded its plugins.
struct Loaded {
  explicit Loaded(const skein::PluginSources& sources) { session.load_plugins(sources, diagnostics); }

  [[nodiscard]] const skein::Registry& registry() const { return session.registry(); }
  [[nodiscard]] const skein::PluginReport* report_of(const std::filesystem::path& file) const;
  [[nodiscard]] bool has_loaded(std::string_view plugin) const;
  /// The names of the loaded plugins, in order: "a b c".
  [[nodiscard]] std::string names() const;
  /// The codes of all findings, in order.
  [[nodiscard]] std::vector<std::string> codes() const;

  skein::Session session;
  skein::Diagnostics diagnostics;
};

class Workshop {
 public:
  Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  ~Workshop();

  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  /// Copies tests/broken_plugins/PLUGIN.so; returns the file.
  std::string copy(const std::string& plugin, const std::string& name = "") const;
  /// A plugin that says this and adds a role with its own name.
  std::string make(const Words& words, const std::string& file = "") const;
  std::string write(const std::string& name, std::string_view bytes) const;
  /// Copies a plugin and changes its bytes.
  std::string change(const std::string& plugin, const std::string& name,
                     const std::function<void(std::string&)>& change) const;

  /// The folder is searched.
  [[nodiscard]] skein::PluginSources searched() const;
  /// These files are asked for.
  [[nodiscard]] static skein::PluginSources asked_for(std::vector<std::string> files);

  /// The text with FOLDER in place of this folder, and SHIPPED in place of that of the shipped plugins.
  [[nodiscard]] std::string stable(std::string text) const;

 private:
  std::filesystem::path folder_;
};

/// What the registry says of each plugin that was refused or warned of, with its findings.
[[nodiscard]] std::string said_of(const Loaded& loaded, const Workshop& workshop);

/// Loads the workshop's folder, in which all but `file` is right, and checks what holds after every refusal: the plugin
/// `good`, which is put beside it, is loaded; nothing of the refused one is there; it has a report; asked for by its
/// name it is an error, otherwise a warning. What is said must be the golden text of this name.
void check_refusal(const Workshop& workshop, const std::string& file, const std::string& golden);

/// The same for a copy of tests/broken_plugins/PLUGIN.so in a workshop of its own; the golden text has its name.
void check_copy_is_refused(const std::string& plugin);

/// The same for any folder and file names, without what is known of one refusal.
void check_golden(const std::string& said, const std::string& golden);

}  // namespace loader_test
