// Debugger: carries out the commands of `skein debug`, one line at a time.
#pragma once

#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/run.hpp"
#include "skein/session.hpp"

namespace skein::tool {

class Debugger {
 public:
  Debugger(const Job& job, Run& run);

  /// What a command answers. Findings mean that it was wrong and nothing was done.
  struct Answer {
    std::string text;
    Value values;  ///< of `print`, `nodes`, `variables`, `list`: the same as plain values
    Diagnostics diagnostics;
    bool is_end = false;
  };

  /// Carries out a line such as "break main loop/evaluate". An empty line does nothing.
  [[nodiscard]] Answer execute(const std::string& line);

  /// Where the run stands, in a line.
  [[nodiscard]] std::string where() const;

 private:
  void go_on(const std::string& command, const std::string& rest, Answer& answer);
  void print_variable(const std::string& rest, Answer& answer) const;
  void list(Answer& answer) const;
  void list_nodes(Answer& answer) const;
  void list_variables(Answer& answer) const;
  void erase(const std::string& path, Answer& answer);
  [[nodiscard]] std::vector<std::string> node_paths() const;

  const Job* job_;
  Run* run_;
};

}  // namespace skein::tool
