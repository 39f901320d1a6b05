// CommandLine: the options and arguments of one verb.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/skein/verbs.hpp"
#include "skein/diagnostic.hpp"
#include "skein/run.hpp"

namespace skein::tool {

/// Options that more than one verb takes, as they were typed.
struct CommonOptions {
  std::vector<std::string> assignments;
  std::string seed;
  std::string threads;
  std::vector<std::string> plugins;
  bool allows_writable_directories = false;
  bool json = false;
};

/// Arguments and options, with what all verbs have in common. CLI11 parses them.
class CommandLine {
 public:
  /// `verb` with its dash-less name; `examples` are shown at the end of the help.
  CommandLine(const std::string& verb, const std::string& summary, const std::string& examples);

  ~CommandLine();
  CommandLine(CommandLine&&) = delete;

  /// Adds an argument by its place: one text, one that may be left out, or from one to `most` texts (0: any number).
  void add_argument(const std::string& name, std::string& value, const std::string& summary);
  void add_optional_argument(const std::string& name, std::string& value, const std::string& summary);
  void add_arguments(const std::string& name, std::vector<std::string>& values, const std::string& summary,
                     int most = 0);

  /// Adds an option that takes one value; given more than once it collects when `value` is a list.
  void add_text(const std::string& name, std::string& value, const std::string& value_name, const std::string& summary);
  void add_list(const std::string& name, std::vector<std::string>& values, const std::string& value_name,
                const std::string& summary);

  void add_flag(const std::string& name, bool& value, const std::string& summary);

  void add_json(CommonOptions& options);
  void add_assignments(CommonOptions& options);
  void add_seed_and_threads(CommonOptions& options);
  void add_plugins(CommonOptions& options);

  /// Parses. Returns an exit code when there is nothing more to do: after --help, or after a mistake was reported.
  [[nodiscard]] std::optional<int> parse(const Arguments& arguments);

  [[nodiscard]] bool has(const std::string& option) const;

 private:
  struct Application;
  std::unique_ptr<Application> app_;
};

/// Puts --seed and --threads into the options of a run, where they were given; reports `bad-argument`.
void apply(const CommonOptions& given, const CommandLine& line, RunOptions& options, Diagnostics& diagnostics);

}  // namespace skein::tool
