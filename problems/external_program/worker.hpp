// Worker: a process that is asked questions, one line each, and gives one line for each.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skein::external_program {

/// The process is started without a shell, in a process group of its own, so that an interrupt from the terminal
/// reaches only the host. Its standard error is the host's. All calls come from one thread at a time.
class Worker {
 public:
  Worker() = default;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() { kill(); }

  /// What went wrong, as words that go on after "the worker"; nothing when it runs.
  [[nodiscard]] std::optional<std::string> start(const std::vector<std::string>& command);
  [[nodiscard]] bool is_running() const noexcept { return process_ > 0; }

  /// Puts a line on the way to the process.
  void ask(const std::string& line);

  [[nodiscard]] int input() const noexcept { return input_; }
  [[nodiscard]] int output() const noexcept { return output_; }
  [[nodiscard]] bool has_unsent() const noexcept { return sent_ < unsent_.size(); }

  /// Sends as much as the process takes now. A process that takes nothing any more is found by `receive`.
  void send();

  enum class Received : std::uint8_t { nothing, line, end, too_much };
  /// Takes what the process has printed so far; `line`: the answer is complete.
  [[nodiscard]] Received receive();
  [[nodiscard]] std::string take_line();

  /// After `end`: how the process ended, as words that go on after "the worker". Waits for it 0.2 s at most.
  [[nodiscard]] std::string how_it_ended();

  /// Tells the process that there is nothing more to ask.
  void close_input() noexcept;
  /// Whether it has ended by itself.
  [[nodiscard]] bool has_ended() noexcept;
  /// Ends the process and all of its group, at once.
  void kill() noexcept;

 private:
  void close_output() noexcept;

  pid_t process_ = 0;
  int input_ = -1;
  int output_ = -1;
  int status_ = 0;
  std::string unsent_;
  std::size_t sent_ = 0;
  std::string received_;
};

}  // namespace skein::external_program
