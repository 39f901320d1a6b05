#include "apps/skein/interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <string_view>

#include "apps/skein/exit_code.hpp"

namespace skein::tool {
namespace {

std::atomic<Run*> interrupted_run{nullptr};
std::atomic<std::int64_t> interrupted_at{0};  // 0: not yet
static_assert(std::atomic<Run*>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);

constexpr std::int64_t patience = 500'000'000;  // nanoseconds
constexpr unsigned seconds_before_words = 1;

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
  if (Run* run = interrupted_run.load()) {
    run->request_pause();
    ::alarm(seconds_before_words);
  }
}

std::atomic<bool> has_progress_line{false};

void say_what_is_awaited(int) {
  const int errno_of_others = errno;
  constexpr std::string_view words =
      "\ninterrupted: the step that has begun ends first, with all of its evaluations; another signal ends the run at "
      "once, without its state\n";
  const std::string_view said = words.substr(has_progress_line ? 0 : 1);
  static_cast<void>(!::write(STDERR_FILENO, said.data(), said.size()));
  errno = errno_of_others;
}

void set_handler(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt(Run& run) {
  interrupted_at = 0;
  interrupted_run = &run;
  has_progress_line = ::isatty(STDERR_FILENO) == 1;
  set_handler(SIGALRM, &say_what_is_awaited);
  for (const int signal : {SIGINT, SIGTERM}) set_handler(signal, &handle);
}

Interrupt::~Interrupt() {
  for (const int signal : {SIGINT, SIGTERM}) set_handler(signal, SIG_DFL);
  run_has_stopped();
  // An alarm that another thread is just setting ends nothing.
  set_handler(SIGALRM, SIG_IGN);
}

void Interrupt::run_has_stopped() noexcept {
  interrupted_run = nullptr;
  ::alarm(0);
}

bool Interrupt::requested() const noexcept { return interrupted_at != 0; }

}  // namespace skein::tool
