// Checkpoint files: a run on disk, with everything that another process needs to go on with it.
//
// A line "skein checkpoint 2", a line of JSON (the run document as it was run, where it stood, its seed, the versions
// of engine and plugins, how far the run is), the checksum of both as a line of 16 hexadecimal digits, then what
// Run::checkpoint writes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/problem.hpp"
#include "skein/result.hpp"
#include "skein/run.hpp"
#include "skein/value.hpp"

namespace skein {

struct Job;
class Session;

/// What a checkpoint file says before the state.
struct CheckpointHead {
  Value document;      ///< the run document, as write_run writes it
  std::string origin;  ///< its file, absolute: what file names in it are relative to
  std::uint64_t seed = 1;
  std::string engine;  ///< its version
  std::vector<UsedPlugin> plugins;
  std::string every;    ///< how often checkpoints are written, "500" or "30s", for whoever goes on; may be empty
  std::string journal;  ///< the file of the run's EvaluationJournal, absolute; empty: it has none
  Value problem;        ///< what the problem said of itself
  Value plan;           ///< the steps with their operators, revisions and parameters
  std::int64_t iterations = 0;
  std::uint64_t evaluations = 0;
};

/// Writes the file so that a crash at any moment leaves the old one or the new one: a temporary file in the same
/// folder, fsync, rename. What stood there before is kept as FILE.previous. Reports `output-unwritable` otherwise, a
/// full disk among the reasons, and the file stays as it was. `run` must be a run of the job that is not being
/// advanced. Cost: the size of the state, at the speed of the disk.
bool write_checkpoint_file(const std::string& file, const Job& job, const Run& run, const std::string& every,
                           Diagnostics& diagnostics);

/// What the file says of itself. Reports `file-not-found`, `file-unreadable`, `checkpoint-foreign`, `checkpoint-newer`,
/// `checkpoint-older`, `checkpoint-truncated` or `checkpoint-corrupted` and returns nothing otherwise.
[[nodiscard]] std::optional<CheckpointHead> read_checkpoint_head(const std::string& file, Diagnostics& diagnostics);

/// Whether the whole file is as it was written: a damaged one is then known before a run is made for it. Reports what
/// `read_checkpoint_head` reports otherwise. Cost: the file is read once.
[[nodiscard]] bool verify_checkpoint_file(const std::string& file, Diagnostics& diagnostics);

/// The job of the run in the file, prepared by this session. Refused with `checkpoint-other-engine` or
/// `checkpoint-other-plugin` where it was made with other versions of these, and with `checkpoint-other-problem` where
/// the problem says something else of itself (a file that it is read from has changed, say).
[[nodiscard]] std::optional<Job> prepare_checkpoint(const Session& session, const CheckpointHead& head,
                                                    const std::string& file, Diagnostics& diagnostics);

/// The same for a run on a problem of the host (HostProblem), which no file can hold: see Session::prepare.
[[nodiscard]] std::optional<Job> prepare_checkpoint(const Session& session, const CheckpointHead& head,
                                                    const std::string& file, std::shared_ptr<const Problem> problem,
                                                    Diagnostics& diagnostics);

/// Puts the state of the file into a run of that job, see Run::restore. `checkpoint-other-plan` says which node of the
/// graph is another one; `checkpoint-other-engine` as above.
[[nodiscard]] bool restore_checkpoint_file(const std::string& file, Run& run, Diagnostics& diagnostics);

}  // namespace skein
