// EvaluationJournal::State: what a journal knows, for the engine.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "journal/journal_file.hpp"
#include "plan/plan.hpp"
#include "run/function_reference.hpp"
#include "skein/evaluation_journal.hpp"

namespace skein {

/// What a journal says of an evaluation.
enum class Known : std::uint8_t { no, finished, failed };

/// All functions may be called from any thread.
class EvaluationJournal::State {
 public:
  /// What the scan of a file has found.
  struct Scan {
    std::size_t end = 0;            ///< behind the last sound record
    std::size_t damaged_bytes = 0;  ///< before that, in no sound record
    std::size_t records = 0;
  };

  /// Number of a step of the plan, or of a plan below it, that all runs of the plan agree on.
  void number_steps(const Plan& plan);
  [[nodiscard]] std::uint64_t number_of(const PlanStep& step) const;

  /// Learns all evaluations in the bytes behind the head.
  Scan learn(std::span<const std::byte> bytes, std::size_t begin);
  /// Forgets them and learns anew what the file holds, where that is more: a run that has gone back, or begins, comes
  /// to them again.
  void learn_again();

  /// Copies the outputs of an evaluation that was found and not taken yet.
  Known take(const EvaluationKey& key, std::span<std::byte> output);

  /// Whether anything that was found has not been taken yet.
  [[nodiscard]] bool knows_any();

  /// Writes a record, whose outputs `append_output` appends. Returns an error number or 0.
  int add(EvaluationRecord record, FunctionReference<void(std::vector<std::byte>& output)> append_output) noexcept;
  /// Waits until all records are on the disk. Returns an error number or 0.
  int synchronize();

  std::string path;
  JournalFile file;
  std::size_t head_size = 0;
  std::atomic<std::uint64_t> found = 0;
  std::atomic<std::uint64_t> reused = 0;
  std::atomic<std::uint64_t> recorded = 0;
  std::atomic<bool> has_failed = false;  ///< something could not be written since the run went on

 private:
  /// The outputs stand in `outputs_`.
  struct Entry {
    std::size_t first = 0;
    std::size_t size = 0;
    bool failed = false;
  };

  void number_steps(const Plan& plan, std::uint64_t above);

  std::unordered_map<const PlanStep*, std::uint64_t> numbers_;
  std::mutex mutex_;
  bool is_as_learnt_ = true;                     ///< nothing was taken or added since
  std::multimap<EvaluationKey, Entry> entries_;  ///< of one key in the order of the file
  std::vector<std::byte> outputs_;
  std::vector<std::byte> output_;
  std::vector<std::byte> record_;
};

}  // namespace skein
