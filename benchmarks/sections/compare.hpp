// One table of a limit and the Skein runs that are compared with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/contenders/limit.hpp"
#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/bench.hpp"

namespace skein::bench {

struct Comparison {
  LimitKernel kernel = &advance_inertia_weight;
  Topology topology = Topology::whole;
  struct Against {
    std::string algorithm;
    double goal = 1.5;          ///< how many times the limit's time it may take
    bool all_functions = true;  ///< from memory, too; otherwise there only sphere and rastrigin, to save time
  };
  std::vector<Against> algorithms;
};

/// Rows are sizes and functions; columns the limit, and time and ratio of every algorithm.
void compare_with_limit(Bench& bench, const Comparison& comparison, const std::vector<Size>& sizes);

}  // namespace skein::bench
