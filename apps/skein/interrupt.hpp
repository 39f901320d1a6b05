// Interrupt: SIGINT and SIGTERM end a run in good order. Where that takes a second, standard error says what is
// awaited. A second signal, half a second later or more, ends the process at once.
#pragma once

#include "skein/run.hpp"

namespace skein::tool {

/// While one exists, signals pause this run. There is at most one.
class Interrupt {
 public:
  explicit Interrupt(Run& run);
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  /// Signals pause nothing from now on, and nothing is awaited any more.
  void run_has_stopped() noexcept;

  /// Whether a signal has arrived.
  [[nodiscard]] bool requested() const noexcept;
};

}  // namespace skein::tool
