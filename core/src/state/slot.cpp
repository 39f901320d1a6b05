#include "state/slot.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace skein {
namespace {

ColumnView view_of(const PlanVariable& variable, const Part& part, std::byte* data) {
  const bool is_global = variable.population == no_population;
  return {data, is_global ? 0 : row_stride(part), part.width, part.element};
}

bool is_zero(const std::vector<double>& initial) noexcept {
  return std::ranges::all_of(initial, [](double value) { return value == 0.0 && !std::signbit(value); });
}

}  // namespace

Slot::Slot(const PlanVariable& variable, std::size_t capacity) : variable_(&variable), capacity_(capacity) {
  for (const Part& part : variable.parts) {
    columns_.emplace_back(part, capacity);
    parts_.push_back(view_of(variable, part, columns_.back().data()));
  }
  if (!is_zero(variable.initial)) reset_rows(0, capacity);  // new columns are zeroed, and stay untouched
  reset_object();
  if (variable.shadowed) reserve_shadow();
}

Slot::Slot(const PlanVariable& variable, Slot& parent) : variable_(&variable), capacity_(1), parent_(&parent) {
  for (const Part& part : variable.parts) parts_.push_back(view_of(variable, part, nullptr));
  parent.followers_.push_back(this);
  show_row(0);
  if (variable.shadowed) reserve_shadow();
}

void Slot::reserve_shadow() {
  if (!shadow_parts_.empty()) return;
  for (const Part& part : variable_->parts) {
    shadow_columns_.emplace_back(part, capacity_);
    shadow_parts_.push_back(view_of(*variable_, part, shadow_columns_.back().data()));
  }
}

void Slot::commit_shadow() noexcept {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (parent_ != nullptr) {
      copy_row(parts_[i], 0, shadow_parts_[i], 0);
    } else {
      std::swap(columns_[i], shadow_columns_[i]);
      std::swap(parts_[i].data, shadow_parts_[i].data);
    }
  }
  if (parent_ == nullptr) tell_followers();
}

void Slot::show_row(std::size_t row) noexcept {
  shown_row_ = row;
  for (std::size_t i = 0; i < parts_.size(); ++i) parts_[i].data = row_data(parent_->parts_[i], row);
  tell_followers();
}

void Slot::tell_followers() noexcept {
  for (Slot* follower : followers_) follower->show_row(follower->shown_row_);
}

void Slot::write_initial(std::span<const ColumnView> parts, std::size_t row) const noexcept {
  const std::vector<double>& initial = variable_->initial;
  std::size_t cell = 0;
  for (const ColumnView& part : parts) {
    const std::size_t bytes = element_bytes(part.element);
    for (std::size_t element = 0; element < part.width; ++element, ++cell) {
      const std::size_t source = initial.size() == 1 ? 0 : cell;
      const double value = source < initial.size() ? initial[source] : 0.0;
      store_number(part.element, row_data(part, row) + element * bytes, value);
    }
  }
}

void Slot::reset_rows(std::size_t first, std::size_t last) noexcept {
  for (std::size_t row = first; row < last; ++row) write_initial(parts_, row);
}

void Slot::commit_shadow_rows(Rows rows) noexcept {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    for (std::size_t row = rows.first; row < rows.last; ++row) copy_row(parts_[i], row, shadow_parts_[i], row);
  }
}

void Slot::reset_shadow_row(std::size_t row) noexcept { write_initial(shadow_parts_, row); }

void Slot::reset_object() {
  if (variable_->create_object != nullptr) object_ = variable_->create_object();
}

void Slot::exchange(Slot& other) noexcept {
  columns_.swap(other.columns_);
  for (std::size_t i = 0; i < parts_.size(); ++i) std::swap(parts_[i].data, other.parts_[i].data);
  tell_followers();
  other.tell_followers();
}

void Slot::move_rows(std::span<const std::uint32_t> old_rows) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    Column moved(variable_->parts[i], capacity_);
    ColumnView view = parts_[i];
    view.data = moved.data();
    for (std::size_t row = 0; row < old_rows.size(); ++row) {
      if (old_rows[row] != no_row) copy_row(view, row, parts_[i], old_rows[row]);
    }
    columns_[i] = std::move(moved);
    parts_[i].data = view.data;
  }
  for (std::size_t row = 0; row < old_rows.size(); ++row) {
    if (old_rows[row] == no_row) write_initial(parts_, row);
  }
  tell_followers();
}

void Slot::copy_from(const Slot& other, std::size_t rows) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    for (std::size_t row = 0; row < rows; ++row) copy_row(parts_[i], row, other.parts_[i], row);
  }
  if (other.object_ != nullptr) object_ = other.object_->clone();
}

}  // namespace skein
