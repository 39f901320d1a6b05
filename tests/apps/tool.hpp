// Starts the tool as a process, in a folder of its own.
#pragma once

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tool_test {

using Words = std::vector<std::string>;

/// What a process left behind. `code` is 128 + number for one that a signal ended.
struct Outcome {
  int code = -1;
  std::string out;
  std::string err;

  [[nodiscard]] bool says(const std::string& text) const { return err.find(text) != std::string::npos; }
  /// Standard output as JSON; throws when it is none.
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// A result as printed, without what depends on the clock and on the number of threads: `wall_seconds`, `threads`, and
/// `serial_steps`, which follow from measured durations.
[[nodiscard]] nlohmann::json repeatable(nlohmann::json result);
[[nodiscard]] nlohmann::json repeatable(const Outcome& outcome);

/// A folder that is removed at the end. The tool works in it.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();

  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return path_ / name; }
  void write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(path(name)); }
  /// Names of all files, in order.
  [[nodiscard]] Words names() const;

  /// Runs `skein WORDS...` with this text as standard input.
  [[nodiscard]] Outcome skein(const Words& words, const std::string& input = "") const;

  /// The same, and sends a signal some time after the first words on standard error.
  [[nodiscard]] Outcome skein_interrupted(const Words& words, int signal) const;

  /// Runs a command of the shell, in which $SKEIN is the tool.
  [[nodiscard]] Outcome shell(const std::string& command) const;

 private:
  std::filesystem::path path_;
};

/// A run document: particle_swarm with 10 particles on the sphere in 3 dimensions, 20 iterations, seed 1.
[[nodiscard]] std::string small_run();

/// Folder with `run.json`, a small run.
struct SmallRun : Folder {
  SmallRun() { write("run.json", small_run()); }
  /// `skein run run.json` with `--set` for each assignment, then further words.
  [[nodiscard]] Outcome run(const Words& assignments, const Words& further = {}) const;
};

}  // namespace tool_test
