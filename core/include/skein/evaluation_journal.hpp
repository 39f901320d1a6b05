// EvaluationJournal: every finished evaluation of a run on disk, so that none is paid for twice.
//
// A line "skein journal 1", a line of JSON (document, seed and plugins of the run), the checksum of both as a line of
// 16 hexadecimal digits, then one record per evaluation, each with a checksum of its own, in the order in which they
// came.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "skein/diagnostic.hpp"

namespace skein {

struct Job;

/// The journal of one run, see RunOptions::journal. An evaluation is known by its place in the run (frame, node, visit,
/// row) and by what it was given (solution, further inputs, random key): a run that comes to it again, from a
/// checkpoint or from its start, takes the outputs from the journal and calls no evaluator, and its bits are those of
/// an uninterrupted run, also where the objective is noisy. What the run does not come to again stays unused.
///
/// An evaluation is in the file as soon as it is finished, so that nothing is lost when the process is killed, and on
/// the disk (fsync) before its visit ends and any other node reads it; evaluations that take more than 0.1 s are on
/// the disk one by one. Rows that got the worst fitness (ErrorPolicy::worst) count as finished. When the file cannot be
/// written the run pauses with an error, and the evaluation is written once more when it goes on: nothing is used that
/// is not on disk.
///
/// Cost: one write per evaluation (about 5 µs) and one fsync per visit of the evaluator; pipelines around evaluations
/// are not used. Memory: what the file held and the run has not come to yet.
class EvaluationJournal {
 public:
  /// Opens the journal of the job's run, with the seed of its options, or begins one. A record that a crash has cut off
  /// at the end is removed. Refused with `journal-other-run` where problem, algorithm, seed or versions of plugins are
  /// others: limits, policies and outputs of the document may change. Refused with `journal-foreign`, `journal-newer`,
  /// `journal-corrupted`, `journal-in-use` (another process has it), `file-unreadable` or `output-unwritable`. Records
  /// that are damaged are left out with the warning `journal-damaged`.
  [[nodiscard]] static std::shared_ptr<EvaluationJournal> open(const std::string& file, const Job& job,
                                                               Diagnostics& diagnostics);

  ~EvaluationJournal();
  EvaluationJournal(const EvaluationJournal&) = delete;
  EvaluationJournal& operator=(const EvaluationJournal&) = delete;

  [[nodiscard]] const std::string& file() const noexcept;  ///< absolute
  [[nodiscard]] std::uint64_t found() const noexcept;      ///< evaluations in the file when it was opened
  [[nodiscard]] std::uint64_t reused() const noexcept;     ///< taken from it since
  [[nodiscard]] std::uint64_t recorded() const noexcept;   ///< written to it since

  class State;
  [[nodiscard]] State& state() const noexcept { return *state_; }  ///< of the engine

 private:
  explicit EvaluationJournal(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace skein
