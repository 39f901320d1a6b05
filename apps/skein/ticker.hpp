// Ticker: makes a run return from time to time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "skein/run.hpp"

namespace skein::tool {

/// Asks a run to pause once per interval, so that whoever advances it can look at it. Results do not depend on it. The
/// run must stay where it is.
class Ticker {
 public:
  Ticker(Run& run, std::chrono::milliseconds interval)
      : thread_([this, &run, interval](const std::stop_token& stop) {
          std::unique_lock lock(mutex_);
          while (!wake_up_.wait_for(lock, stop, interval, [&stop] { return stop.stop_requested(); })) {
            run.request_pause();
          }
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_up_;
  std::jthread thread_;
};

}  // namespace skein::tool
