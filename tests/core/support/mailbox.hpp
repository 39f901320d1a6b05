// An evaluator that asks outside, and the mailbox between it and a test.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "plan/plan.hpp"

namespace skein::test {

inline constexpr std::size_t mailbox_rows = 19;

/// Questions and answers, one per row. Thread-safe, because rows are evaluated in parallel.
class Mailbox {
 public:
  /// Forgets everything, also what came before.
  void clear();

  /// Asks for the value of a row.
  void ask(std::size_t row, double sum);
  /// The answer, once.
  std::optional<double> take_answer(std::size_t row);

  /// Answers about a third of the open questions; which ones, depends on `order`.
  void answer_some(std::size_t order);

  std::size_t asked_twice = 0;

 private:
  struct Letter {
    bool open = false;
    double question = 0.0;
    std::optional<double> answer;
  };
  std::mutex mutex_;
  std::vector<Letter> letters_ = std::vector<Letter>(mailbox_rows);
};

[[nodiscard]] Mailbox& mailbox();

/// Three passes: move, evaluate by mail, remember.
[[nodiscard]] std::shared_ptr<const Plan> ask_and_tell_plan();

}  // namespace skein::test
