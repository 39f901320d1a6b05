#include "tests/support/targets.hpp"

#include <hwy/highway.h>

#include <bit>
#include <cstdint>
#include <limits>

namespace skein::testing {

void for_each_target(const std::function<void(const std::string&)>& body) {
  const auto use = [](std::int64_t targets) {
    hwy::SetSupportedTargetsForTest(targets);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  };
  const std::int64_t supported = hwy::SupportedTargets();
  for (std::int64_t rest = supported; rest != 0; rest &= rest - 1) {
    const std::int64_t target = rest & -rest;
    use(target);
    body(hwy::TargetName(target));
  }
  use(0);
}

std::vector<double> numbers_of_every_kind(std::size_t count) {
  using Limits = std::numeric_limits<double>;
  const std::vector<double> special = {0.0,
                                       1.0,
                                       Limits::infinity(),
                                       Limits::quiet_NaN(),
                                       Limits::denorm_min(),
                                       Limits::min(),
                                       Limits::max(),
                                       0.5,
                                       0.25,
                                       2.5,
                                       0x1p20,
                                       0x1.00001p20,
                                       0x1p52,
                                       709.5,
                                       745.0,
                                       1e-310,
                                       3.141592653589793,
                                       1e22};
  std::vector<double> numbers;
  std::uint64_t state = 1;
  for (std::size_t i = 0; numbers.size() < count; ++i) {
    state = state * 6364136223846793005 + 1442695040888963407;
    const std::uint64_t word = state ^ (state >> 29);
    switch (i % 4) {
      case 0:
        numbers.push_back((word >> 40 & 1) != 0 ? -special[(word >> 32) % special.size()]
                                                : special[(word >> 32) % special.size()]);
        break;
      case 1:
        numbers.push_back(std::bit_cast<double>(word));
        break;
      default:
        numbers.push_back(static_cast<double>(static_cast<std::int64_t>(word)) * 0x1p-60);
    }
  }
  return numbers;
}

}  // namespace skein::testing
