// Checkpoints: when a run is written to disk, and how it is taken up again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "skein/checkpoint_file.hpp"
#include "skein/diagnostic.hpp"
#include "skein/run.hpp"
#include "skein/session.hpp"

namespace skein::tool {

/// "500": iterations; "30s": seconds.
struct Interval {
  std::uint64_t iterations = 0;  ///< 0: counted in seconds
  double seconds = 0;
};

/// Reports `bad-argument` and returns nothing where the text is neither.
[[nodiscard]] std::optional<Interval> read_interval(const std::string& text, Diagnostics& diagnostics);

/// Where the state of a run goes that ends before its time and was given no file: beside its result, or, without a file
/// for that, into the current folder, with the name of the run document. "result.json.checkpoint",
/// "rastrigin.checkpoint".
[[nodiscard]] std::string usual_checkpoint(const std::string& output, const std::string& document);

/// The file to go on from: this one, or where it is damaged and the one before it is not, FILE.previous. Warns
/// then, and sets `damaged` to the name of the damaged one.
[[nodiscard]] std::string sound_checkpoint(const std::string& file, std::string& damaged, Diagnostics& diagnostics);

/// Gives a damaged checkpoint the name FILE.damaged, so that it does not become FILE.previous.
void set_aside(const std::string& file);

/// What stands where the state of a new run goes is not its own: keeps it as FILE.earlier and says so on standard
/// error.
void keep_earlier(const std::string& file);

/// FILE, and the names that it may bring along: the one before, one that is being written, and those above.
[[nodiscard]] std::vector<std::string> names_of_checkpoint(const std::string& file);

/// Writes checkpoints of one run, at most one per interval. What cannot be written is said once on standard error, and
/// the run goes on.
class Checkpoints {
 public:
  /// No file: nothing is ever written. The run was taken up from `resumed`, or is new where that is empty.
  Checkpoints(std::string file, std::string every, std::string resumed);

  [[nodiscard]] bool are_wanted() const noexcept { return !file_.empty(); }
  /// Whether somebody has to make the run return from time to time.
  [[nodiscard]] bool look_at_the_clock() const noexcept { return are_wanted() && interval_.seconds > 0; }

  /// Says where a run starts, or goes on.
  void begin(const Job& job, const Run& run);
  /// Goes on with the run, at most to the next checkpoint by iterations.
  RunState advance(const Job& job, Run& run) const;
  /// Writes where an interval is over.
  void update(const Job& job, const Run& run);
  /// Writes in any case. False when the file on the disk is not the state of the run.
  bool write(const Job& job, const Run& run);
  /// Writes a run that ends before its time: where nobody asked for checkpoints, to `file`. Says on standard error
  /// where the state is and how to go on with it. False when that was asked for and could not be done.
  bool keep(const Job& job, const Run& run, const std::string& file);

 private:
  [[nodiscard]] bool is_own_file() const;
  [[nodiscard]] bool is_due(const Job& job, const Run& run) const;
  [[nodiscard]] static std::int64_t iterations_of(const Job& job, const Run& run);

  std::string file_;
  std::string every_;
  std::string resumed_;
  Interval interval_;
  std::int64_t written_iterations_ = 0;
  std::chrono::steady_clock::time_point written_at_ = std::chrono::steady_clock::now();
  bool has_written_ = false;
  bool has_failed_ = false;
};

}  // namespace skein::tool
