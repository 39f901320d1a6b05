// A run: contiguous numbers that a kernel computes from other contiguous numbers, or from one number each.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace skein {

/// An operand of a run: as many numbers as the run has, or one number for all of them.
class RunOperand {
 public:
  RunOperand() = default;
  RunOperand(const RunOperand&) = delete;  // it may point into itself
  RunOperand& operator=(const RunOperand&) = delete;

  void set_numbers(const double* numbers) noexcept {
    numbers_ = numbers;
    mask_ = ~std::size_t{0};
  }
  void set_one(double number) noexcept {
    std::fill_n(eight_, 8, number);
    numbers_ = eight_;
    mask_ = 0;
  }

  /// What a kernel reads an operand with.
  struct Reader {
    const double* numbers;
    std::size_t mask;

    /// Where the number `first` of the run and the next seven are.
    [[nodiscard]] const double* at(std::size_t first) const noexcept { return numbers + (first & mask); }
  };
  [[nodiscard]] Reader reader() const noexcept { return {numbers_, mask_}; }

 private:
  const double* numbers_ = nullptr;
  std::size_t mask_ = 0;
  double eight_[8];
};

struct Run {
  double* out = nullptr;
  std::size_t count = 0;
  std::array<RunOperand, 3> operands;
};

using RunFunction = void (*)(const Run& run);

}  // namespace skein
