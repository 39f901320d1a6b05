// Arena: the threads of a run. The only place that knows TBB.
#pragma once

#include <cstddef>
#include <memory>

#include "run/function_reference.hpp"

namespace skein {

class Arena {
 public:
  explicit Arena(std::size_t threads);  ///< 0: as many as the machine has
  ~Arena();

  [[nodiscard]] std::size_t threads() const noexcept { return threads_; }

  /// Runs `work` inside the arena, on the calling thread.
  void enter(FunctionReference<void()> work) const;

  /// Inside the arena: calls `work(0)` … `work(count - 1)`, each as a task of its own. `work` must not throw.
  void for_each(std::size_t count, FunctionReference<void(std::size_t)> work) const;

  /// Inside the arena: runs foreign code; a wait in it takes up no other work of this run.
  static void isolated(FunctionReference<void()> work);

  /// Inside the arena: the number of the calling thread, below `threads()`.
  [[nodiscard]] static std::size_t thread_number() noexcept;

 private:
  struct Threads;
  std::size_t threads_;
  std::unique_ptr<Threads> arena_;
};

}  // namespace skein
