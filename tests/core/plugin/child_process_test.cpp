// What becomes of work in a child process. The loader's own tests have plugins for it.
#include "skein/child_process.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace {

using skein::ChildOutcome;
using skein::run_in_child;
using End = ChildOutcome::End;

constexpr std::chrono::duration<double> long_enough{30};

TEST_CASE("a child process hands back what its work returns") {
  const std::string long_text(300000, 'x');
  const ChildOutcome outcome = run_in_child([&] { return long_text; }, long_enough);
  CHECK(outcome.end == End::finished);
  CHECK(outcome.text == long_text);
  CHECK(outcome.describe(long_enough).empty());
}

TEST_CASE("a child process that ends in another way is told apart") {
  using Text = std::string;
  const auto describe = [](Text (*work)()) { return run_in_child(work, long_enough).describe(long_enough); };
  CHECK(describe([]() -> Text { throw std::runtime_error("no"); }) == "threw 'no'");
  CHECK(describe([]() -> Text { throw 3; }) == "threw 'something that is no std::exception'");
  CHECK(describe([]() -> Text { std::abort(); }) == "crashed (signal 6, Aborted)");
  CHECK(describe([]() -> Text { std::exit(0); }) == "ended the process");
  CHECK(describe([]() -> Text { _exit(1); }) == "ended the process");
  constexpr std::chrono::duration<double> short_time{0.1};
  const ChildOutcome hung = run_in_child(
      []() -> Text {
        while (true) pause();
      },
      short_time);
  CHECK(hung.end == End::hung);
  CHECK(hung.describe(short_time) == "did not return within 0.1 seconds");
  CHECK(hung.describe(std::chrono::seconds(1)) == "did not return within 1 second");
}

TEST_CASE("a child process that closes everything and hangs is ended in time") {
  constexpr std::chrono::duration<double> short_time{0.2};
  const auto begin = std::chrono::steady_clock::now();
  const ChildOutcome outcome = run_in_child(
      [] {
        close_range(3, ~0U, 0);
        while (true) pause();
        return std::string();
      },
      short_time);
  CHECK(outcome.end == End::hung);
  CHECK(std::chrono::steady_clock::now() - begin < long_enough);
}

TEST_CASE("a child process is at its end when children of its own are not") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const ChildOutcome outcome = run_in_child(
      [&ends] {
        if (fork() == 0) {
          close(ends[1]);
          char byte = 0;
          while (read(ends[0], &byte, 1) > 0) {
          }
          _exit(0);  // when the test has closed the other end
        }
        return std::string("done");
      },
      long_enough);
  CHECK(outcome.end == End::finished);
  CHECK(outcome.text == "done");
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("a child process ends with its host") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t host = fork();
  if (host == 0) {
    close(ends[0]);
    static_cast<void>(run_in_child(
        [&ends]() -> std::string {
          if (write(ends[1], "x", 1) != 1) _exit(1);
          while (true) pause();
        },
        long_enough));
    _exit(0);
  }
  close(ends[1]);
  char byte = 0;
  CHECK(read(ends[0], &byte, 1) == 1);
  kill(host, SIGKILL);
  CHECK(waitpid(host, nullptr, 0) == host);
  // The last process that has the other end is gone.
  CHECK(read(ends[0], &byte, 1) == 0);
  close(ends[0]);
}

TEST_CASE("a child process reads nothing and what it prints is kept without a flush") {
  const ChildOutcome outcome = run_in_child(
      [] {
        std::printf("%s", std::getchar() == EOF ? "the end" : "something");
        return std::string();
      },
      long_enough);
  CHECK(outcome.said == "the end");
}

TEST_CASE("of what a child process prints the last line is kept") {
  const ChildOutcome outcome = run_in_child(
      [] {
        std::fputs("first\n", stderr);
        std::fputs("second\n\n", stderr);
        return std::string();
      },
      long_enough);
  CHECK(outcome.said == "second");
}

}  // namespace
