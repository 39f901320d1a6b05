// The benchmarks: tables on stdout, the goals at the end. Exit code 1 when something is wrong (not when it is slow), 2
// for wrong arguments.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

#include "benchmarks/measure/stopwatch.hpp"
#include "benchmarks/sections/sections.hpp"

namespace {

using skein::bench::Section;

void print_help() {
  std::puts(
      "Usage: bench [--smoke] [NAME...]\n\nMeasures all of these, or the named ones; --smoke runs them in seconds.\n");
  for (const Section& section : skein::bench::sections) {
    std::printf("  %-12s %s\n", section.name.data(), section.summary.data());
  }
}

#if defined(NDEBUG) && !defined(_GLIBCXX_ASSERTIONS) && !defined(__SANITIZE_ADDRESS__)
constexpr bool release_build = true;
#else
constexpr bool release_build = false;
#endif

int run(const std::vector<const Section*>& chosen, bool smoke) {
  if (!release_build && !smoke) std::puts("This is no release build: the figures say nothing about Skein's speed.\n");
  skein::bench::Bench bench(smoke);
  for (const Section* section : chosen) {
    std::printf("## %s: %s\n\n", section->name.data(), section->summary.data());
    std::fflush(stdout);
    const skein::bench::Stopwatch stopwatch(skein::bench::Clock::wall);
    section->run(bench);
    bench.progress("");
    std::fprintf(stderr, "(%s took %.1f s)\n", section->name.data(), stopwatch.seconds());
  }
  if (!smoke) bench.print_goals();
  return bench.failed() ? 1 : 0;
}

}  // namespace

int main(int count, char** arguments) {
  bool smoke = false;
  std::vector<const Section*> chosen;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    const auto section = std::ranges::find(skein::bench::sections, argument, &Section::name);
    if (argument == "--help") {
      print_help();
      return 0;
    }
    if (argument == "--smoke") {
      smoke = true;
    } else if (section != skein::bench::sections.end()) {
      chosen.push_back(&*section);
    } else {
      std::fprintf(stderr, "bench: there is no '%s'\n\n", arguments[i]);
      print_help();
      return 2;
    }
  }
  if (chosen.empty()) {
    for (const Section& section : skein::bench::sections) chosen.push_back(&section);
  }
  try {
    return run(chosen, smoke);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench: %s\n", error.what());
    return 1;
  }
}
