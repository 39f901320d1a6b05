#include "skein/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <stdio_ext.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include "exception_text.hpp"

namespace skein {
namespace {

using Clock = std::chrono::steady_clock;
using End = ChildOutcome::End;

constexpr char finished_mark = 'f';
constexpr char threw_mark = 't';
constexpr char exit_mark = 'x';

// Only of a child: its end of the pipe, for what is called without arguments when it must end.
int pipe_of_child = -1;

void write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(pipe_of_child, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

[[noreturn]] void end_child(char mark, std::string_view text) {
  write_all({&mark, 1});
  write_all(text);
  _exit(0);
}

/// std::terminate is also called without an exception.
std::string thrown_text() { return std::current_exception() ? current_exception_text() : "an exception"; }

/// What the child prints is kept, at once since _exit writes no buffers; it reads nothing.
void redirect(int said) {
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  const int out = said >= 0 ? said : nothing;
  for (const auto& [from, to] : {std::pair(nothing, STDIN_FILENO), {out, STDOUT_FILENO}, {out, STDERR_FILENO}}) {
    if (from >= 0) dup2(from, to);
  }
  __fpurge(stdout);  // what the host has not written yet
  std::setvbuf(stdout, nullptr, _IONBF, 0);
}

[[noreturn]] void run_child(const std::function<std::string()>& work, int said, pid_t host) {
  // No child outlives its host; one that has done so already has another parent.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != host) _exit(1);
  prctl(PR_SET_DUMPABLE, 0);  // no core file
  redirect(said);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
  // What the host wants done at its end is none of this process's business, if a plugin calls exit.
  std::atexit([] { end_child(exit_mark, ""); });
  // The dynamic linker lets no exception through: std::terminate is all that is heard of one.
  std::set_terminate([] { end_child(threw_mark, thrown_text()); });
  try {
    end_child(finished_mark, work());
  } catch (...) {
    end_child(threw_mark, thrown_text());
  }
}

/// Appends some of what there is to read now. False at the end of the pipe.
bool read_some(int pipe, std::string& text) {
  std::array<char, 16384> buffer{};
  const ssize_t length = read(pipe, buffer.data(), buffer.size());
  if (length < 0) return errno == EINTR || errno == EAGAIN;
  text.append(buffer.data(), static_cast<std::size_t>(length));
  return length > 0;
}

/// Nobody writes any more, unless children of the child do.
void drain(int pipe, Clock::time_point until, std::string& text) {
  std::size_t before = 0;
  do {
    before = text.size();
  } while (read_some(pipe, text) && text.size() > before && Clock::now() < until);
}

/// Reads from the pipe until the process has ended, and returns its status; nothing when that takes too long. The end
/// of the pipe says nothing of the process: it may have closed its end, or have left it to children of its own.
std::optional<int> watch(pid_t child, int pipe, Clock::time_point until, std::string& text) {
  constexpr int shortly = 10;  // milliseconds
  bool is_open = true;
  while (true) {
    int status = 0;
    const pid_t ended = waitpid(child, &status, WNOHANG);
    // Where the host ignores SIGCHLD the status is lost: an error then says that the process has ended.
    if (ended == child || (ended < 0 && errno != EINTR)) {
      if (is_open) drain(pipe, until, text);
      return status;
    }
    if (Clock::now() >= until) return std::nullopt;
    pollfd ready{is_open ? pipe : -1, POLLIN, 0};
    if (poll(&ready, 1, is_open ? shortly : 1) > 0) is_open = read_some(pipe, text);
  }
}

void end(pid_t child) {
  kill(child, SIGKILL);
  while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::string last_line(int said) {
  constexpr off_t most = 1000;
  const off_t size = said < 0 ? 0 : lseek(said, 0, SEEK_END);
  std::string text(static_cast<std::size_t>(std::clamp<off_t>(size, 0, most)), '\0');
  const ssize_t length = text.empty() ? 0 : pread(said, text.data(), text.size(), std::max<off_t>(size - most, 0));
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
  text.erase(std::min(text.find_last_not_of("\r\n ") + 1, text.size()));
  return text.substr(text.find_last_of('\n') + 1);
}

ChildOutcome outcome_of(const std::optional<int>& status, const std::string& output) {
  if (!status) return {End::hung, 0, {}, {}};
  if (WIFSIGNALED(*status)) return {End::signalled, WTERMSIG(*status), {}, {}};
  if (output.starts_with(finished_mark)) return {End::finished, 0, output.substr(1), {}};
  if (output.starts_with(threw_mark)) return {End::threw, 0, output.substr(1), {}};
  return {End::exited, 0, {}, {}};
}

ChildOutcome not_started() { return {End::not_started, 0, std::strerror(errno), {}}; }

}  // namespace

std::string ChildOutcome::describe(std::chrono::duration<double> limit) const {
  switch (end) {
    case End::finished:
      return "";
    case End::threw:
      return "threw '" + text + "'";
    case End::signalled:
      return "crashed (signal " + std::to_string(number) + ", " + strsignal(number) + ")";
    case End::exited:
      return "ended the process";
    case End::hung:
      return fmt::format("did not return within {:g} second{}", limit.count(), limit.count() == 1 ? "" : "s");
    case End::not_started:
      return "could not be started: " + text;
  }
  return "";
}

ChildOutcome run_in_child(const std::function<std::string()>& work, std::chrono::duration<double> limit) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return not_started();
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  const pid_t host = getpid();
  const int said = memfd_create("skein plugin", MFD_CLOEXEC);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    pipe_of_child = ends[1];
    run_child(work, said, host);
  }
  ChildOutcome outcome = child < 0 ? not_started() : ChildOutcome{};
  close(ends[1]);
  if (child > 0) {
    std::string output;
    constexpr std::chrono::duration<double> longest = std::chrono::hours(24);
    const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::min(limit, longest));
    const std::optional<int> status = watch(child, ends[0], until, output);
    if (!status) end(child);
    outcome = outcome_of(status, output);
    outcome.said = last_line(said);
  }
  close(ends[0]);
  if (said >= 0) close(said);
  return outcome;
}

}  // namespace skein
