// Slot: the storage of one variable in one frame.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "plan/plan.hpp"
#include "skein/view.hpp"
#include "state/column.hpp"

namespace skein {

/// The parts of a variable, or its object. The views of the parts stay at their address for the life of the slot, so
/// that ports can point at them: exchanging rows with another slot or with the shadow changes what they show.
class Slot {
 public:
  /// Owns rows for a column, one row for a global, or an object; all at their initial values.
  Slot(const PlanVariable& variable, std::size_t capacity);

  /// Shows one row of a slot of the parent frame, see `show_row`.
  Slot(const PlanVariable& variable, Slot& parent);

  [[nodiscard]] const PlanVariable& variable() const noexcept { return *variable_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] std::span<const ColumnView> parts() const noexcept { return parts_; }
  [[nodiscard]] ObjectVariable* object() const noexcept { return object_.get(); }
  void set_object(std::unique_ptr<ObjectVariable> object) noexcept { object_ = std::move(object); }

  /// The second copy that operators which can fail write. Empty unless reserved.
  [[nodiscard]] std::span<const ColumnView> shadow_parts() const noexcept { return shadow_parts_; }
  void reserve_shadow();
  /// Makes the shadow the content: exchanged, or copied back where this slot shows a row of another.
  void commit_shadow() noexcept;
  /// Copies rows of the shadow to the content.
  void commit_shadow_rows(Rows rows) noexcept;

  /// For a slot that shows a row: which one. It follows when the rows of the parent's slot move in memory.
  void show_row(std::size_t row) noexcept;

  /// Gives rows [first, last) their initial values.
  void reset_rows(std::size_t first, std::size_t last) noexcept;
  /// Gives one row of the shadow its initial value.
  void reset_shadow_row(std::size_t row) noexcept;
  /// A new object in the place of the old one.
  void reset_object();

  /// Exchanges the content with a slot of the same parts.
  void exchange(Slot& other) noexcept;
  /// New row i becomes old row old_rows[i], or its initial value when that is `no_row`.
  void move_rows(std::span<const std::uint32_t> old_rows);
  /// Takes over the first `rows` rows, or the object, of a slot of the same variable.
  void copy_from(const Slot& other, std::size_t rows);

 private:
  void write_initial(std::span<const ColumnView> parts, std::size_t row) const noexcept;
  void tell_followers() noexcept;

  const PlanVariable* variable_;
  std::size_t capacity_;
  Slot* parent_ = nullptr;
  std::size_t shown_row_ = 0;
  std::vector<Slot*> followers_;  ///< that show rows of this slot
  std::vector<Column> columns_;
  std::vector<ColumnView> parts_;
  std::vector<Column> shadow_columns_;
  std::vector<ColumnView> shadow_parts_;
  std::unique_ptr<ObjectVariable> object_;
};

}  // namespace skein
