// Running a plan under all settings that must not change its results.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"
#include "skein/run.hpp"

namespace skein::test {

/// A hash of all variables of a run: parts without padding, objects, child frames.
[[nodiscard]] std::uint64_t state_hash(const Run& run);

/// The numbers of a real variable, row after row.
[[nodiscard]] std::vector<double> reals(const Run& run, std::string_view name);
[[nodiscard]] std::vector<std::uint32_t> indices(const Run& run, std::string_view name);
[[nodiscard]] std::int64_t integer(const Run& run, std::string_view name);

/// Lets runs have 8 threads, also on a machine with fewer cores.
void allow_threads();

/// `base` with threads 1, 2, 8 and tiles of 1 row, 3 rows, 3 row groups, all rows, and the engine's choice.
[[nodiscard]] std::vector<RunOptions> all_settings(const Plan& plan, const RunOptions& base = {});

/// Drives a run to its end.
using Driver = std::function<void(Run&)>;
void run_to_end(Run& run);

/// Runs the plan under all settings and checks that it finishes with the same bits. Returns the hash.
std::uint64_t check_same_bits(const std::shared_ptr<const Plan>& plan, const RunOptions& base = {},
                              const Driver& drive = run_to_end);

/// Checks that all settings end with exactly these numbers in a real variable.
void check_reals(const std::shared_ptr<const Plan>& plan, std::string_view name, const std::vector<double>& expected,
                 const RunOptions& base = {});

/// All bytes of a checkpoint.
[[nodiscard]] std::string checkpoint_of(const Run& run);
/// The codes of what is wrong with it; empty when it was restored.
std::vector<std::string> restore(Run& run, const std::string& checkpoint);

}  // namespace skein::test
