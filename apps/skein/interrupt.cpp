#include "apps/skein/interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

#include "apps/skein/exit_code.hpp"

namespace skein::tool {
namespace {

std::atomic<Run*> interrupted_run{nullptr};
std::atomic<std::int64_t> interrupted_at{0};  // 0: not yet
static_assert(std::atomic<Run*>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);

constexpr std::int64_t patience = 500'000'000;  // nanoseconds

std::int64_t nanoseconds_now() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void handle(int) {
  const std::int64_t now = nanoseconds_now();
  std::int64_t first = 0;
  if (!interrupted_at.compare_exchange_strong(first, now)) {
    // Who ends a process often signals its group as well: that is one wish, said twice.
    if (now - first > patience) ::_exit(exit_interrupted);
    return;
  }
  if (Run* run = interrupted_run.load()) run->request_pause();
}

void set_handler(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt(Run& run) {
  interrupted_at = 0;
  interrupted_run = &run;
  set_handler(&handle);
}

Interrupt::~Interrupt() {
  set_handler(SIG_DFL);
  interrupted_run = nullptr;
}

bool Interrupt::requested() const noexcept { return interrupted_at != 0; }

}  // namespace skein::tool
