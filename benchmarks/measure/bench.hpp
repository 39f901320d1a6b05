// What a section of the benchmarks works with: how much to do, and where its goals are noted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace skein::bench {

/// One goal as far as it was measured: the worst case counts.
struct Goal {
  std::string what;
  bool at_most = true;  ///< the bound is an upper one
  double bound = 0;
  std::string unit;
  double worst = 0;
  std::string where;  ///< of the worst case
};

class Bench {
 public:
  explicit Bench(bool smoke) : smoke_(smoke) {}

  /// Whether everything is to run once and briefly, figures being of no interest.
  [[nodiscard]] bool smoke() const noexcept { return smoke_; }

  /// Says on a terminal what is being measured: tables come when they are complete.
  void progress(std::string_view what) const;

  void at_most(std::string_view what, double bound, std::string_view unit, double figure, std::string_view where);
  void at_least(std::string_view what, double bound, std::string_view unit, double figure, std::string_view where);

  /// Something is wrong, not slow: the program will exit with 1.
  void fail(std::string_view message);
  [[nodiscard]] bool failed() const noexcept { return failed_; }

  void print_goals() const;

 private:
  void note(Goal goal);

  bool smoke_;
  bool failed_ = false;
  std::vector<Goal> goals_;
};

}  // namespace skein::bench
