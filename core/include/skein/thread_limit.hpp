// ThreadLimit: how many threads the runs of a process may use together. For applications, never for libraries.
#pragma once

#include <cstddef>
#include <memory>

namespace skein {

/// As long as it lives, runs of this process may use up to `threads` threads, also more than the machine has
/// processors. Without one, a run that asks for more than the machine has gets what the machine has.
class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct Control;
  std::unique_ptr<Control> control_;
};

}  // namespace skein
