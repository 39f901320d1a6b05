#include "state/row_requests.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace skein {

RowRequests::RowRequests() { requests_.reserve(8); }

void RowRequests::resize(Population* population, std::span<const std::uint32_t> old_rows) {
  if (population == nullptr) throw std::invalid_argument("resize of a population that is not bound");
  if (old_rows.size() > population->capacity) {
    throw std::invalid_argument("resize to " + std::to_string(old_rows.size()) + " rows, but the capacity is " +
                                std::to_string(population->capacity));
  }
  const std::size_t rows = rows_after(*population);
  const auto is_wrong = [rows](std::uint32_t row) { return row != no_row && row >= rows; };
  const auto wrong = std::ranges::find_if(old_rows, is_wrong);
  if (wrong != old_rows.end()) {
    throw std::invalid_argument("resize names the old row " + std::to_string(*wrong) + ", but there are " +
                                std::to_string(rows) + " rows");
  }
  requests_.push_back({population, nullptr, old_rows_.size(), old_rows.size()});
  old_rows_.insert(old_rows_.end(), old_rows.begin(), old_rows.end());
}

void RowRequests::swap(Population* first, Population* second) {
  if (first == nullptr || second == nullptr) throw std::invalid_argument("swap of a population that is not bound");
  if (first->signature != second->signature || first->columns.size() != second->columns.size() ||
      first->capacity != second->capacity) {
    throw std::invalid_argument("swap of populations with different columns");
  }
  if (first != second) requests_.push_back({first, second, 0, 0});
}

void RowRequests::clear() noexcept {
  requests_.clear();
  old_rows_.clear();
}

void RowRequests::apply() {
  for (const Request& request : requests_) {
    if (request.second != nullptr) {
      swap_populations(*request.first, *request.second);
    } else {
      resize_population(*request.first, std::span(old_rows_).subspan(request.first_row, request.row_count));
    }
  }
  clear();
}

std::size_t RowRequests::rows_after(const Population& population) const noexcept {
  const Population* followed = &population;
  for (std::size_t i = requests_.size(); i-- > 0;) {
    const Request& request = requests_[i];
    if (request.second == nullptr && request.first == followed) return request.row_count;
    if (request.second == nullptr) continue;
    if (request.first == followed) {
      followed = request.second;
    } else if (request.second == followed) {
      followed = request.first;
    }
  }
  return followed->rows;
}

}  // namespace skein
