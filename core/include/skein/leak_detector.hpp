// LeakDetector: whether memory grows from check to check.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "skein/object.hpp"

namespace skein {

/// Looks at the newest `window` sizes. Growth is the median of the slopes of all pairs of them (Theil 1950, Sen 1968),
/// which outliers and single steps do not move. It counts as steady when the sizes rank with the iterations:
/// Mann-Kendall (1945), z > 3.09, one in a thousand by chance.
class LeakDetector {
 public:
  explicit LeakDetector(std::size_t window = 16);

  /// Adds the size after an iteration. Cost: O(1).
  void add(std::int64_t iteration, std::int64_t bytes) noexcept;
  void clear() noexcept;

  [[nodiscard]] bool is_full() const noexcept { return count_ == places_.size(); }
  /// Median slope in bytes per iteration; 0 with less than two sizes. Cost: O(window²).
  [[nodiscard]] double slope() const noexcept;
  /// Whether the window is full and grows steadily by more than that many bytes per iteration.
  [[nodiscard]] bool leaks(double bytes_per_iteration) const noexcept;
  /// The newest size less the one before; 0 with less than two.
  [[nodiscard]] std::int64_t step() const noexcept;

  [[nodiscard]] std::size_t size_in_bytes() const noexcept;
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  struct Place {
    std::int64_t iteration = 0;
    std::int64_t bytes = 0;
  };
  [[nodiscard]] const Place& place(std::size_t age) const noexcept;
  [[nodiscard]] bool is_steady() const noexcept;

  std::vector<Place> places_;  ///< a ring
  std::size_t next_ = 0;
  std::size_t count_ = 0;
  mutable std::vector<double> slopes_;  ///< memory for the median
};

}  // namespace skein
