#include "skein/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string_view>

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

std::string thrown_text() {
  try {
    if (std::current_exception()) throw;
    return "an exception";
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "something that is no std::exception";
  }
}

[[noreturn]] void run_child(const std::function<std::string()>& work, int said) {
  prctl(PR_SET_DUMPABLE, 0);  // no core file
  if (said >= 0) {
    dup2(said, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
  }
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

/// Reads until the other end is closed. False when that takes too long.
bool read_all(int pipe, Clock::time_point until, std::string& text) {
  std::array<char, 4096> buffer{};
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd ready{pipe, POLLIN, 0};
    const int count = poll(&ready, 1, static_cast<int>(std::min<std::int64_t>(left, 1000)));
    if (count < 0 && errno != EINTR) return false;
    if (count <= 0) continue;
    const ssize_t length = read(pipe, buffer.data(), buffer.size());
    if (length < 0 && errno == EINTR) continue;
    if (length <= 0) return true;
    text.append(buffer.data(), static_cast<std::size_t>(length));
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
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

ChildOutcome outcome_of(int status, bool is_hung, const std::string& output) {
  if (is_hung) return {End::hung, 0, {}, {}};
  if (WIFSIGNALED(status)) return {End::signalled, WTERMSIG(status), {}, {}};
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
      return fmt::format("did not return within {:g} seconds", limit.count());
    case End::not_started:
      return "could not be started: " + text;
  }
  return "";
}

ChildOutcome run_in_child(const std::function<std::string()>& work, std::chrono::duration<double> limit) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return not_started();
  const int said = memfd_create("skein plugin", MFD_CLOEXEC);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    pipe_of_child = ends[1];
    run_child(work, said);
  }
  ChildOutcome outcome = child < 0 ? not_started() : ChildOutcome{};
  close(ends[1]);
  if (child > 0) {
    std::string output;
    constexpr std::chrono::duration<double> longest = std::chrono::hours(24);
    const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::min(limit, longest));
    const bool is_hung = !read_all(ends[0], until, output);
    if (is_hung) kill(child, SIGKILL);
    outcome = outcome_of(wait_for(child), is_hung, output);
    outcome.said = last_line(said);
  }
  close(ends[0]);
  if (said >= 0) close(said);
  return outcome;
}

}  // namespace skein
