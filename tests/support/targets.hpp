// Running something once per target: per set of vector instructions that kernels were compiled for.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace skein::testing {

/// Calls body(target name) for each target that this machine has, with kernels being run on that target. The best one
/// is in use again afterwards. Every run of a program goes through at least two targets on any x86-64.
void for_each_target(const std::function<void(const std::string&)>& body);

/// 0, -0, infinities, NaN, denormals, the smallest and largest numbers, halves, whole numbers, numbers beyond the range
/// of fast functions, and numbers of every size, `count` in all.
[[nodiscard]] std::vector<double> numbers_of_every_kind(std::size_t count);

}  // namespace skein::testing
