#include "skein/background_run.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "run/run_access.hpp"

namespace skein {

class BackgroundRun::Thread {
 public:
  explicit Thread(Run& run) : run_(&run), thread_([this] { work(); }) {}

  ~Thread() {
    stop();
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  RunState pause() {
    std::unique_lock lock(mutex_);
    wants_pause_ = true;
    // The request is repeated: one that comes just before `advance` begins or ends may be spent on another pause.
    while (is_going_) {
      run_->request_pause();
      changed_.wait_for(lock, std::chrono::milliseconds(1), [this] { return !is_going_; });
    }
    RunAccess::state(*run_).engine.pause_requested.store(false, std::memory_order_relaxed);
    return settled();
  }

  void resume() {
    {
      const std::lock_guard lock(mutex_);
      if (is_going_ || run_->state() == RunState::finished) return;
      wants_pause_ = false;
      is_going_ = true;
    }
    changed_.notify_all();
  }

  RunState stop() noexcept {
    std::unique_lock lock(mutex_);
    run_->request_stop();
    // It is `advance` that ends the run; one that is just returning for another reason does not.
    while (is_going_ || run_->state() != RunState::finished) {
      is_going_ = true;
      changed_.notify_all();
      changed_.wait(lock, [this] { return !is_going_; });
    }
    return state_ = RunState::finished;
  }

  RunState wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_going_; });
    return settled();
  }

 private:
  /// By a request that had already been answered. An operator that pauses says why.
  [[nodiscard]] bool was_paused_in_vain() const {
    const StopReason reason = RunAccess::state(*run_).engine.pause_reason.load(std::memory_order_relaxed);
    return state_ == RunState::ready && !wants_pause_ && !run_->stopped_at() && reason == StopReason::none;
  }

  RunState settled() {
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    return state_;
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return is_going_ || is_over_; });
      if (is_over_) return;
      lock.unlock();
      std::exception_ptr thrown;
      try {
        run_->advance();
      } catch (...) {
        thrown = std::current_exception();
      }
      lock.lock();
      state_ = run_->state();
      if (!thrown && was_paused_in_vain()) continue;
      if (thrown) thrown_ = thrown;
      is_going_ = false;
      changed_.notify_all();
    }
  }

  Run* run_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_going_ = true;
  bool is_over_ = false;
  bool wants_pause_ = false;
  RunState state_ = RunState::ready;
  std::exception_ptr thrown_;
  std::thread thread_;  // the last one: it uses the others
};

BackgroundRun::BackgroundRun(Run& run) : thread_(std::make_unique<Thread>(run)) {}
BackgroundRun::~BackgroundRun() = default;

RunState BackgroundRun::pause() { return thread_->pause(); }
void BackgroundRun::resume() { thread_->resume(); }
RunState BackgroundRun::stop() noexcept { return thread_->stop(); }
RunState BackgroundRun::wait() { return thread_->wait(); }

}  // namespace skein
