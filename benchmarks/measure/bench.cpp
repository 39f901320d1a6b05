#include "benchmarks/measure/bench.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "benchmarks/measure/samples.hpp"
#include "benchmarks/measure/table.hpp"

namespace skein::bench {

void Bench::progress(std::string_view what) const {
  constexpr const char* erase_line = "\r\033[K";
  if (isatty(STDERR_FILENO) == 0) return;
  std::fprintf(stderr, "%s%.*s", erase_line, static_cast<int>(what.size()), what.data());
  std::fflush(stderr);
}

void Bench::note(Goal goal) {
  const auto known = std::ranges::find(goals_, goal.what, &Goal::what);
  if (known == goals_.end()) {
    goals_.push_back(std::move(goal));
  } else if (goal.at_most ? goal.worst > known->worst : goal.worst < known->worst) {
    *known = std::move(goal);
  }
}

void Bench::at_most(std::string_view what, double bound, std::string_view unit, double figure, std::string_view where) {
  note({std::string(what), true, bound, std::string(unit), figure, std::string(where)});
}

void Bench::at_least(std::string_view what, double bound, std::string_view unit, double figure,
                     std::string_view where) {
  note({std::string(what), false, bound, std::string(unit), figure, std::string(where)});
}

void Bench::fail(std::string_view message) {
  std::printf("FAILED: %.*s\n", static_cast<int>(message.size()), message.data());
  failed_ = true;
}

void Bench::print_goals() const {
  if (goals_.empty()) return;
  std::puts("## Goals");
  Table table({"what", "goal", "measured, worst case", "where", "reached"});
  for (const Goal& goal : goals_) {
    const bool reached = goal.at_most ? goal.worst <= goal.bound : goal.worst >= goal.bound;
    table.add({goal.what, (goal.at_most ? "at most " : "at least ") + to_text(goal.bound) + goal.unit,
               to_text(goal.worst) + goal.unit, goal.where, reached ? "yes" : "no"});
  }
  table.print();
}

}  // namespace skein::bench
