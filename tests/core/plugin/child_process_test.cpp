// What becomes of work in a child process. The loader's own tests have plugins for it.
#include "skein/child_process.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
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
