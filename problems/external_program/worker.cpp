#include "problems/external_program/worker.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

namespace skein::external_program {
namespace {

constexpr std::size_t longest_answer = std::size_t{1} << 24U;

std::string error_text(int number) { return std::generic_category().message(number); }

void close_descriptor(int& descriptor) noexcept {
  if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
}

void set_nonblocking(int descriptor) noexcept {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

/// posix_spawn's settings; they are freed with it.
class SpawnSettings {
 public:
  SpawnSettings(int standard_input, int standard_output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, standard_input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, standard_output, STDOUT_FILENO);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    sigset_t defaults;
    sigfillset(&defaults);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &defaults);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  [[nodiscard]] int spawn(pid_t& process, const std::vector<std::string>& command) const {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    return posix_spawnp(&process, arguments.front(), &actions_, &attributes_, arguments.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

std::optional<std::string> Worker::start(const std::vector<std::string>& command) {
  kill();
  // A socket as its input: writing to a process that is gone is then an error and no signal.
  std::array<int, 2> to = {-1, -1};
  std::array<int, 2> from = {-1, -1};
  int error = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, to.data()) != 0 ? errno : 0;
  if (error == 0 && ::pipe2(from.data(), O_CLOEXEC) != 0) error = errno;
  if (error == 0) error = SpawnSettings(to[1], from[1]).spawn(process_, command);
  close_descriptor(to[1]);
  close_descriptor(from[1]);
  if (error != 0) {
    process_ = 0;
    close_descriptor(to[0]);
    close_descriptor(from[0]);
    return "cannot be started: " + error_text(error);
  }
  input_ = to[0];
  output_ = from[0];
  set_nonblocking(input_);
  set_nonblocking(output_);
  received_.clear();
  unsent_.clear();
  sent_ = 0;
  return std::nullopt;
}

void Worker::ask(const std::string& line) {
  unsent_ = line;
  sent_ = 0;
  send();
}

void Worker::send() {
  while (has_unsent()) {
    const ssize_t count = ::send(input_, unsent_.data() + sent_, unsent_.size() - sent_, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) {
      sent_ = unsent_.size();
      return;
    }
    sent_ += static_cast<std::size_t>(count);
  }
}

Worker::Received Worker::receive() {
  std::array<char, 65536> buffer;
  while (received_.find('\n') == std::string::npos) {
    if (received_.size() > longest_answer) return Received::too_much;
    const ssize_t count = ::read(output_, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return Received::nothing;
    if (count <= 0) return Received::end;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return Received::line;
}

std::string Worker::take_line() {
  const std::size_t end = received_.find('\n');
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 1);
  return line;
}

bool Worker::has_ended() noexcept {
  if (!is_running()) return true;
  siginfo_t found{};
  const bool is_known = ::waitid(P_PID, static_cast<id_t>(process_), &found, WEXITED | WNOHANG | WNOWAIT) == 0;
  if (is_known && found.si_pid == 0) return false;
  // While it is not reaped, its number is its own: what it has started itself can be ended safely.
  ::kill(-process_, SIGKILL);
  status_ = 0;  // all that a host learns that ignores SIGCHLD
  static_cast<void>(::waitpid(process_, &status_, 0));
  process_ = 0;
  close_input();
  close_output();
  return true;
}

std::string Worker::how_it_ended() {
  using namespace std::chrono_literals;
  for (int i = 0; i < 200 && !has_ended(); ++i) std::this_thread::sleep_for(1ms);
  if (is_running()) return "closed its standard output without an answer";
  if (WIFSIGNALED(status_)) {
    const int number = WTERMSIG(status_);
    const char* name = ::sigdescr_np(number);
    return "was ended by signal " + std::to_string(number) + (name == nullptr ? "" : " (" + std::string(name) + ")");
  }
  return "ended with exit status " + std::to_string(WEXITSTATUS(status_)) + " without an answer";
}

void Worker::close_input() noexcept { close_descriptor(input_); }

void Worker::close_output() noexcept { close_descriptor(output_); }

void Worker::kill() noexcept {
  if (is_running()) {
    ::kill(-process_, SIGKILL);
    ::kill(process_, SIGKILL);  // should it not have its own group yet
    while (::waitpid(process_, &status_, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
  }
  close_input();
  close_output();
}

}  // namespace skein::external_program
