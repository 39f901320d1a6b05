// What runs of a document find, one for each of many seeds.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skein::bench {

/// The best values of runs with the seeds 1 ... `seeds`, on one thread.
[[nodiscard]] std::vector<double> best_values(const std::string& document, std::size_t seeds);

[[nodiscard]] double median(std::vector<double> values);

/// "median [lower quartile, upper quartile]" of an odd number of values.
[[nodiscard]] std::string quartiles_text(std::vector<double> values);

/// Runs like those that others have published, and what they found. Part of `quality`.
void compare_with_published_figures(bool smoke);

/// HeuristicLab's default and ours, at 1000 iterations. Part of `quality`.
void compare_with_heuristiclab(bool smoke);

}  // namespace skein::bench
