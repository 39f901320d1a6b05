// EvaluatorCalls: the calls that one step of a frame makes to an evaluator. Each row of the calling operator has a
// frame of the called plan, so that calls for one row depend on no other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "skein/callable.hpp"

namespace skein {

struct ChildFrames;
struct Engine;
struct Frame;
struct Rows;

/// A call that failed for good. Whoever lets it through has failed for the same reason.
struct CallFailed : std::runtime_error {
  explicit CallFailed(const std::string& message, bool short_of_memory = false)
      : std::runtime_error(message), out_of_memory(short_of_memory) {}
  bool out_of_memory;
};

/// A call that was not begun or not finished because the run is to pause. No failure: the row is begun again.
struct CallInterrupted {};

class EvaluatorCalls final : public EvaluatorService {
 public:
  /// `frames`: one per row, of a plan that is called; they and `parent` outlive this.
  EvaluatorCalls(Frame& parent, ChildFrames& frames);

  /// Begins a visit of the step at `path`, or goes on with it.
  void enter(Engine& engine, const std::string& path, std::uint64_t visit, bool is_new);
  /// All rows that are called for from now on begin again, and are told what they know.
  void rewind() noexcept;
  /// Counts the evaluations of the rows, in their order, as the parent's.
  void count(Rows rows) noexcept;

  FitnessRow evaluate(std::size_t row, const Bundle& solution, std::size_t solution_row) override;
  [[nodiscard]] std::uint64_t evaluations_left() const noexcept override;
  [[nodiscard]] std::optional<double> target() const noexcept override;
  [[nodiscard]] std::size_t fitness_width() const noexcept override { return width_; }

 private:
  /// What one row was told in this visit, fitness after fitness, and how much of it was asked for again.
  struct Told {
    bool begun = false;
    std::vector<double> numbers;
    std::size_t next = 0;
  };

  void begin_row(std::size_t row);
  void run_call(Frame& frame);

  Frame* parent_;
  ChildFrames* frames_;
  Engine* engine_ = nullptr;
  std::string path_;
  std::uint64_t visit_ = 0;
  std::size_t width_ = 0;
  std::vector<Told> told_;
};

}  // namespace skein
