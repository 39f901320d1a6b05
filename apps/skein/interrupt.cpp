#include "apps/skein/interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "apps/skein/exit_code.hpp"

namespace skein::tool {
namespace {

std::atomic<Run*> interrupted_run{nullptr};
std::atomic<bool> was_interrupted{false};
static_assert(std::atomic<Run*>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

void handle(int) {
  if (was_interrupted.exchange(true)) ::_exit(exit_interrupted);
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
  was_interrupted = false;
  interrupted_run = &run;
  set_handler(&handle);
}

Interrupt::~Interrupt() {
  set_handler(SIG_DFL);
  interrupted_run = nullptr;
}

bool Interrupt::requested() const noexcept { return was_interrupted; }

}  // namespace skein::tool
