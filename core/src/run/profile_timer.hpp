// ProfileTimer: adds the time of its life to a sum, if time is to be taken.
#pragma once

#include <chrono>
#include <cstdint>

namespace skein {

class ProfileTimer {
 public:
  ProfileTimer(bool is_wanted, std::uint64_t& sum) noexcept : sum_(is_wanted ? &sum : nullptr) {
    if (sum_ != nullptr) start_ = Clock::now();
  }
  ~ProfileTimer() {
    if (sum_ != nullptr) *sum_ += nanoseconds(start_, Clock::now());
  }
  ProfileTimer(const ProfileTimer&) = delete;
  ProfileTimer& operator=(const ProfileTimer&) = delete;

  using Clock = std::chrono::steady_clock;
  [[nodiscard]] static std::uint64_t nanoseconds(Clock::time_point from, Clock::time_point to) noexcept {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(to - from).count());
  }

 private:
  std::uint64_t* sum_;
  Clock::time_point start_;
};

}  // namespace skein
