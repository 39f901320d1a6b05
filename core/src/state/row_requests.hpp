// RowRequests: resizes and exchanges that a step operator asks for during its call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "state/population.hpp"

namespace skein {

/// Requests are checked when they are made, and carried out in their order after the call.
class RowRequests {
 public:
  RowRequests();

  /// Both throw std::invalid_argument for what cannot be done.
  void resize(Population* population, std::span<const std::uint32_t> old_rows);
  void swap(Population* first, Population* second);

  void clear() noexcept;
  void apply();

 private:
  struct Request {
    Population* first = nullptr;
    Population* second = nullptr;  ///< null for a resize
    std::size_t first_row = 0;     ///< of a resize: place and number of its entries in `old_rows_`
    std::size_t row_count = 0;
  };

  /// The rows that the population will have after the requests so far.
  [[nodiscard]] std::size_t rows_after(const Population& population) const noexcept;

  std::vector<Request> requests_;
  std::vector<std::uint32_t> old_rows_;
};

}  // namespace skein
