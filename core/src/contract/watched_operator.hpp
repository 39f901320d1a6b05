// WatchedOperator: an operator that tells whether it changes how its thread computes with floating-point numbers.
#pragma once

#include <atomic>

#include "skein/operator_table.hpp"

namespace skein {

/// The engine puts the floating-point state back after each tile of its own operators, and leaves that of the host to
/// those of the host: neither shows from outside what an operator did. So each call is watched by itself, and the state
/// is put back after it.
class WatchedOperator {
 public:
  /// The table must outlive this object.
  explicit WatchedOperator(const OperatorTable& table);
  WatchedOperator(const WatchedOperator&) = delete;
  WatchedOperator& operator=(const WatchedOperator&) = delete;

  /// The operator, to be prepared and run in place of the given one. It must not outlive this object.
  [[nodiscard]] const OperatorTable& table() const noexcept { return table_; }

  /// Whether a call has changed the state since this was asked last.
  [[nodiscard]] bool take_change() noexcept { return has_changed_.exchange(false); }

 private:
  struct Prepared;
  struct Watch;

  const OperatorTable& original_;
  OperatorTable table_;
  std::atomic<bool> has_changed_ = false;
};

}  // namespace skein
