#include "skein/child_process.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string_view>

namespace skein {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char finished_mark = 'f';
constexpr char threw_mark = 't';

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

[[noreturn]] void run_child(const std::function<std::string()>& work) {
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
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
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd ready{pipe, POLLIN, 0};
    const int count = poll(&ready, 1, static_cast<int>(left));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
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

ChildOutcome outcome_of(int status, bool is_hung, const std::string& output) {
  using End = ChildOutcome::End;
  if (is_hung) return {End::hung, 0, {}};
  if (WIFSIGNALED(status)) return {End::signalled, WTERMSIG(status), {}};
  if (output.starts_with(finished_mark)) return {End::finished, 0, output.substr(1)};
  if (output.starts_with(threw_mark)) return {End::threw, 0, output.substr(1)};
  return {End::exited, WEXITSTATUS(status), {}};
}

}  // namespace

std::string ChildOutcome::describe() const {
  switch (end) {
    case End::finished:
      return "";
    case End::threw:
      return "threw '" + text + "'";
    case End::signalled:
      return "crashed (signal " + std::to_string(number) + ", " + strsignal(number) + ")";
    case End::exited:
      return "ended the process (exit code " + std::to_string(number) + ")";
    case End::hung:
      return "did not return in time";
    case End::not_started:
      return "could not be tried: " + text;
  }
  return "";
}

ChildOutcome run_in_child(const std::function<std::string()>& work, std::chrono::seconds limit) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return {ChildOutcome::End::not_started, 0, std::strerror(errno)};
  const pid_t child = fork();
  if (child < 0) {
    const std::string reason = std::strerror(errno);
    close(ends[0]);
    close(ends[1]);
    return {ChildOutcome::End::not_started, 0, reason};
  }
  if (child == 0) {
    close(ends[0]);
    pipe_of_child = ends[1];
    run_child(work);
  }
  close(ends[1]);
  std::string output;
  const bool is_hung = !read_all(ends[0], Clock::now() + limit, output);
  close(ends[0]);
  if (is_hung) kill(child, SIGKILL);
  return outcome_of(wait_for(child), is_hung, output);
}

}  // namespace skein
