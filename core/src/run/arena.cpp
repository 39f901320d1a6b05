#include "run/arena.hpp"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

namespace skein {

struct Arena::Threads {
  tbb::task_arena arena;
};

namespace {

/// More than the process may use would only be promised.
std::size_t available_threads(std::size_t wanted) {
  const auto machine = static_cast<std::size_t>(std::max(tbb::info::default_concurrency(), 1));
  const std::size_t limit = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
  return std::clamp<std::size_t>(wanted != 0 ? wanted : machine, 1, std::max<std::size_t>(limit, 1));
}

/// Says again what TBB ensures: tasks see what came before them, and what follows sees the tasks. ThreadSanitizer does
/// not see into TBB's library, and would take every task for a race.
class Handover {
 public:
  void give() noexcept { order_.fetch_add(1, std::memory_order_release); }
  void take() noexcept { static_cast<void>(order_.load(std::memory_order_acquire)); }

 private:
  std::atomic<std::size_t> order_ = 0;
};

}  // namespace

Arena::Arena(std::size_t threads)
    : threads_(available_threads(threads)), arena_(new Threads{tbb::task_arena(static_cast<int>(threads_))}) {}

Arena::~Arena() = default;

void Arena::enter(FunctionReference<void()> work) const {
  arena_->arena.execute([&] { work(); });
}

void Arena::for_each(std::size_t count, FunctionReference<void(std::size_t)> work) const {
  if (threads_ == 1 || count < 2) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  Handover start;
  Handover end;
  start.give();
  const auto part = [&](const tbb::blocked_range<std::size_t>& range) {
    start.take();
    end.take();  // of a thread that had this thread's number before
    for (std::size_t i = range.begin(); i < range.end(); ++i) work(i);
    end.give();
  };
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, 1), part, tbb::simple_partitioner());
  end.take();
}

void Arena::isolated(FunctionReference<void()> work) {
  tbb::this_task_arena::isolate([&] { work(); });
}

std::size_t Arena::thread_number() noexcept {
  return static_cast<std::size_t>(std::max(tbb::this_task_arena::current_thread_index(), 0));
}

}  // namespace skein
